"""A model of MLServer's own kind: it takes as long as it is told, and fails when it is told."""

import asyncio

from mlserver import MLModel
from mlserver.types import InferenceRequest, InferenceResponse, ResponseOutput


class Slow(MLModel):
    async def load(self) -> bool:
        return True

    async def predict(self, payload: InferenceRequest) -> InferenceResponse:
        ms, fail = payload.inputs[0].data.root
        await asyncio.sleep(ms / 1000)
        if fail:
            raise RuntimeError("as asked")
        return InferenceResponse(model_name=self.name, outputs=[ResponseOutput(name="y", shape=[1], datatype="INT32", data=[1])])
