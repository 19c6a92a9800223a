# Source this, then run "$PY": the environment in which Debian's PyTorch is fast. Each line is worth a factor; README.md
# says why.

libraries=/usr/lib/$(uname -m)-linux-gnu
install='apt-get install -y python3-torch python3-numpy libopenblas0-openmp libtcmalloc-minimal4'
for needed in /usr/bin/python3 "$libraries/openblas-openmp/libblas.so.3" "$libraries/libtcmalloc_minimal.so.4"; do
    if [ ! -e "$needed" ]; then
        echo "PyTorch peer: $needed is missing; install it with: $install" >&2
        return 1
    fi
done

PY=/usr/bin/python3
if [ -z "${OMP_NUM_THREADS:-}" ]; then
    OMP_NUM_THREADS=$(nproc)
fi
export OMP_NUM_THREADS
if grep -q -m 1 avx512f /proc/cpuinfo; then
    export ATEN_CPU_CAPABILITY=avx512
    export OPENBLAS_CORETYPE=SkylakeX
fi
export GOMP_SPINCOUNT=5000
export LD_LIBRARY_PATH=$libraries/openblas-openmp
export LD_PRELOAD=$libraries/libtcmalloc_minimal.so.4
