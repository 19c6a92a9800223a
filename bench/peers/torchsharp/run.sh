#!/usr/bin/env bash
# Runs the peer: `run.sh` in the environment in which it is fast, `run.sh --stock` as a user would write and start it.
cd "$(dirname "${BASH_SOURCE[0]}")" || exit
. ./place.sh
tcmalloc=/usr/lib/$(uname -m)-linux-gnu/libtcmalloc_minimal.so.4
if [ ! -e "$place/app/peer.dll" ]; then
    echo "TorchSharp peer: $place/app is missing; build it (1.4 GB) with: bash '$PWD/build.sh'" >&2
    exit 1
fi
if [ -e "$place/app/compat.so" ]; then
    export LD_PRELOAD=$place/app/compat.so
fi
if [ "${1:-}" != --stock ]; then
    if [ ! -e "$tcmalloc" ]; then
        echo "TorchSharp peer: $tcmalloc is missing; install it with: apt-get install -y libtcmalloc-minimal4" >&2
        exit 1
    fi
    # libtorch does not keep freed memory; the C library returns large blocks to the system after every use.
    export LD_PRELOAD=${LD_PRELOAD:+$LD_PRELOAD:}$tcmalloc
    # By default threads spin for milliseconds after each parallel loop, and starve those of the output softmax.
    export GOMP_SPINCOUNT=5000
fi
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-$(nproc)}
exec dotnet "$place/app/peer.dll" "$@"
