"""A FastAPI service as people write one: it takes as long as it is told, and fails when it is told."""

import asyncio

from fastapi import FastAPI, HTTPException
from prometheus_fastapi_instrumentator import Instrumentator
from pydantic import BaseModel


class Wanted(BaseModel):
    ms: float
    fail: bool = False


app = FastAPI()
Instrumentator().instrument(app).expose(app)


@app.get("/health")
def health() -> dict:
    return {"ok": True}


@app.post("/predict")
async def predict(wanted: Wanted) -> dict:
    await asyncio.sleep(wanted.ms / 1000)
    if wanted.fail:
        raise HTTPException(500, "as asked")
    return {"y": 1}
