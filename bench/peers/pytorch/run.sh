#!/usr/bin/env bash
# Runs serve.py: `run.sh` in the environment in which PyTorch is fast (env.sh), `run.sh --stock` as it is installed.
cd "$(dirname "${BASH_SOURCE[0]}")" || exit
if [ "${1:-}" = --stock ]; then
    PY=/usr/bin/python3
    if [ ! -x "$PY" ]; then
        echo "PyTorch peer: $PY is missing; install it with: apt-get install -y python3-torch python3-numpy" >&2
        exit 1
    fi
else
    . ./env.sh || exit
fi
# -B: writes nothing beside its sources.
exec "$PY" -B serve.py
