"""A BentoML service: it takes as long as it is told, and fails when it is told."""

import time

import bentoml


@bentoml.service(workers=1, traffic={"timeout": 30})
class Slow:
    @bentoml.api
    def predict(self, ms: float, fail: bool = False) -> int:
        time.sleep(ms / 1000)
        if fail:
            raise RuntimeError("as asked")
        return 1
