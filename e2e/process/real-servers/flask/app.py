"""A Flask service as people write one: it takes as long as it is told, and fails when it is told."""

import time

from flask import Flask, jsonify, request
from prometheus_flask_exporter import PrometheusMetrics

app = Flask(__name__)
PrometheusMetrics(app)


@app.get("/health")
def health():
    return jsonify(ok=True)


@app.post("/predict")
def predict():
    wanted = request.get_json()
    time.sleep(wanted["ms"] / 1000)
    if wanted.get("fail"):
        return jsonify(error="as asked"), 500
    return jsonify(y=1)
