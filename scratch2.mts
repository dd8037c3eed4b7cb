import { readFileSync, writeFileSync } from "node:fs";
const log = readFileSync("/tmp/ktarget-cluster.log","utf8"); console.log(/KUBECONFIG=(\S+)/.exec(log)![1]);
