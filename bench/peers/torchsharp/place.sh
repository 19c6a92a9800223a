# Source this: the folder of the built peer, outside the project, which many copies of the project share.
place=${MODNET_TORCHSHARP:-${XDG_CACHE_HOME:-$HOME/.cache}/modnet/torchsharp}
