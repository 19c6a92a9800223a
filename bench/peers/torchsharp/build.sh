#!/usr/bin/env bash
# Downloads TorchSharp (1.4 GB) and builds the peer into a folder of its own, where run.sh finds it.
set -euo pipefail
sources=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$sources/place.sh"
mkdir -p "$place/source"
cp "$sources"/*.cs "$sources"/*.csproj "$place/source/"
cd "$place/source"
# Whatever stands in the folders above, such as this project's own settings, is not for this program.
dotnet build -c Release -o "$place/app" -p:RestorePackagesPath="$place/packages" -p:ImportDirectoryBuildProps=false \
    -p:ImportDirectoryBuildTargets=false -p:ImportDirectoryPackagesProps=false --disable-build-servers -nodeReuse:false -v quiet -nologo

# TorchSharp's native library wants a libstdc++ as new as GCC 13's; README.md says what is done for an older one.
wanted=GLIBCXX_3.4.32
native=$place/app/runtimes/linux-x64/native/libLibTorchSharp.so
rm -f "$place/app/compat.so"
if ! grep -q "$wanted" "$(cc -print-file-name=libstdc++.so.6)"; then
    python3 "$sources/weaken.py" "$native" "$wanted"
    cc -shared -fPIC -O2 -o "$place/app/compat.so" "$sources/compat.c"
fi
echo "built in $place"
