# SPDX-License-Identifier: EUPL-1.2
"""Floor 1: how a person is reached. The voice, the ear, the comfort settings, plain language."""

import os

# Some libraries tell their makers who runs them, unless they are told not to before they are imported, in each process:
# onnxruntime since 1.29 (its change 27379: a device identifier, events kept in ~/.cache and sent) and huggingface_hub.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
