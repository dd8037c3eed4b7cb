/** The first minutes by shell, each step as it can be pasted. */
export function quickStart(baseUrl: string, gatewayUrl: string): { title: string; text: string; code: string }[] {
  return [
    { title: "Start it", text: "In a clone of the repository, on a machine with Node. It ends by printing the URL and a one-time set-up link.", code: "npm run up" },
    {
      title: "A token", text: "Under Settings, API tokens. Or choose an owner's token yourself, before the first start: 32 characters or more.",
      code: `export SLIPWAY_BOOTSTRAP_TOKEN=$(openssl rand -hex 24)\nnpm run up                      # and in another shell, with the same token:\nexport SLIPWAY_TOKEN=$SLIPWAY_BOOTSTRAP_TOKEN API=${baseUrl}/api/v1`,
    },
    { title: "A project and a model", text: "The sample is made on the spot. With a file of your own, create a model and post the file's bytes to its versions.", code: `curl -H "Authorization: Bearer $SLIPWAY_TOKEN" --json '{"name":"demo"}' $API/projects\ncurl -H "Authorization: Bearer $SLIPWAY_TOKEN" --json '{"name":"iris"}' $API/projects/demo/samples` },
    {
      title: "Deploy", text: "It answers at once; status.phase goes from Pending to Ready or Failed.",
      code: `curl -H "Authorization: Bearer $SLIPWAY_TOKEN" --json '{
  "name": "iris", "model": "iris", "version": 1,
  "target": "local", "profile": "local-small", "scaling": {"min": 1, "max": 1}
}' $API/projects/demo/deployments
curl -H "Authorization: Bearer $SLIPWAY_TOKEN" $API/projects/demo/deployments/iris`,
    },
    {
      title: "Predict", text: "The Open Inference Protocol V2, on the gateway's port, with a token that has the scope predict.",
      code: `curl -H "Authorization: Bearer $SLIPWAY_TOKEN" --json '{
  "inputs": [{"name": "measurements", "datatype": "FP32", "shape": [1, 4], "data": [5.1, 3.5, 1.4, 0.2]}]
}' ${gatewayUrl}/serve/demo/iris/v2/models/iris/infer`,
    },
    { title: "Measure, and clean up", text: "Latency and errors by time, cost by day. A deletion drains first; what was spent stays on the books.", code: `curl -H "Authorization: Bearer $SLIPWAY_TOKEN" "$API/projects/demo/deployments/iris/metrics?window=1h"\ncurl -H "Authorization: Bearer $SLIPWAY_TOKEN" "$API/projects/demo/costs?window=7d"\ncurl -X DELETE -H "Authorization: Bearer $SLIPWAY_TOKEN" $API/projects/demo/deployments/iris` },
  ];
}
