"""Voice files as piper reads them, with a tone instead of speech: as long as the phonemes and the pace make it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import onnx
from onnx import TensorProto, helper
from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

FLOAT, INT64 = TensorProto.FLOAT, TensorProto.INT64


def make_voice(
    file: Path, espeak_voice: str, *, rate: int = 22_050, seconds: float = 0.018, scale: float = 1.0, **facts: Any
) -> Path:
    """A model that takes `seconds` for a phoneme id at its own pace, which is `scale` of the length; and its facts."""

    def constant(name: str, kind: int, shape: list[int], *values: float) -> Any:
        return helper.make_tensor(name, kind, shape, values)

    nodes = [
        helper.make_node("Size", ["input"], ["ids"]),
        helper.make_node("Cast", ["ids"], ["count"], to=FLOAT),
        helper.make_node("Gather", ["scales", "one"], ["length_scale"]),
        helper.make_node("Mul", ["count", "length_scale"], ["scaled"]),
        helper.make_node("Mul", ["scaled", "samples_an_id"], ["length"]),
        helper.make_node("Range", ["zero", "length", "step"], ["time"]),
        helper.make_node("Mul", ["time", "pitch"], ["angle"]),
        helper.make_node("Sin", ["angle"], ["tone"]),
        helper.make_node("Unsqueeze", ["tone", "axes"], ["output"]),
    ]
    graph = helper.make_graph(
        nodes,
        "tone",
        [
            helper.make_tensor_value_info("input", INT64, ["batch", "phonemes"]),
            helper.make_tensor_value_info("input_lengths", INT64, ["batch"]),
            helper.make_tensor_value_info("scales", FLOAT, [3]),
        ],
        [helper.make_tensor_value_info("output", FLOAT, None)],
        [
            constant("one", INT64, [], 1),
            constant("zero", FLOAT, [], 0.0),
            constant("step", FLOAT, [], 1.0),
            constant("samples_an_id", FLOAT, [], seconds * rate),
            constant("pitch", FLOAT, [], 2 * 3.1416 * 150 / rate),
            constant("axes", INT64, [2], 0, 1),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.save(model, str(file))
    Path(f"{file}.json").write_text(
        json.dumps(
            {
                "audio": {"sample_rate": rate},
                "espeak": {"voice": espeak_voice},
                "inference": {"noise_scale": 0.667, "length_scale": scale, "noise_w": 0.8},
                "phoneme_type": "espeak",
                "phoneme_id_map": DEFAULT_PHONEME_ID_MAP,
                "num_symbols": 256,
                "num_speakers": 1,
            }
            | facts
        )
    )
    return file
