# For scripts that break training runs: small data, runs of every experiment and method, and what must be the same in two runs.
# The script sets `work`, a folder of its own.

# The tool itself, so that a signal meets it and nothing else.
build_tool() {
    ./modnet --version >/dev/null || exit 1
    tool=(dotnet "artifacts/modnet/$(<artifacts/modnet/current)/modnet.dll")
}

# A text of a dozen words, digits that are brighter or darker by class, dark and light images.
make_data() {
    # What the tool keeps of pictures goes with the work.
    export XDG_CACHE_HOME=$work/cache
    mkdir "$work/ptb" "$work/optdigits"
    text 400 1 >"$work/ptb/ptb.train.txt"
    text 40 2 >"$work/ptb/ptb.valid.txt"
    text 40 3 >"$work/ptb/ptb.test.txt"
    digits 3823 4 >"$work/optdigits/optdigits.tra"
    digits 1797 5 >"$work/optdigits/optdigits.tes"
    images
}

text() {
    awk -v lines="$1" -v seed="$2" 'BEGIN { srand(seed); for (l = 0; l < lines; l++) { n = 4 + int(rand() * 9); s = "";
        for (i = 0; i < n; i++) s = s " " substr("abcdefghijkl", 1 + int(rand() * 12), 1); print s " " } }'
}

digits() {
    awk -v rows="$1" -v seed="$2" 'BEGIN { srand(seed); for (r = 0; r < rows; r++) { c = r % 10; s = "";
        for (i = 0; i < 64; i++) s = s int((i % 10 == c ? 12 : 2) + rand() * 4) ","; print s c } }'
}

images() {
    mkdir -p "$work/images/dark" "$work/images/light"
    for n in {1..12}; do
        bmp $((8 * n)) >"$work/images/dark/$n.bmp"
        bmp $((150 + 8 * n)) >"$work/images/light/$n.bmp"
    done
}

# A BMP file of 8x8 pixels of 24 bits, all of one grey.
bmp() { # GREY
    local value
    printf 'BM\xf6\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x08\0\0\0\x08\0\0\0\x01\0\x18\0\0\0\0\0\xc0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0'
    printf -v value '\\x%02x' "$1"
    for _ in {1..192}; do printf "$value"; done
}

# Logs, measurements and checkpoints come often, so that most moments are near one.
often=(--set logEvery=4 --set evaluateEvery=10 --set checkpointEvery=7)
cases=(
    'toy --steps 300' 'ptb --steps 80 --preset paper --set window=6 --threads 1' 'optdigits --steps 60 --preset paper'
    'toy --steps 300 --method reinforce' 'ptb --steps 80 --preset paper --set window=6 --method reinforce --threads 2'
    'optdigits --steps 60 --preset paper --method reinforce' 'toy --steps 300 --method topk'
    'ptb --steps 80 --preset paper --set window=6 --method topk' 'optdigits --steps 60 --preset paper --method topk'
    'toy --steps 300 --method fixed' 'ptb --steps 80 --preset paper --set window=6 --method fixed'
    'optdigits --steps 60 --preset paper --method fixed'
    'ptb --steps 80 --preset paper --set window=6 --set trainingState=carried --set dropout=0.2'
    'optdigits --steps 60 --controller conv --set shift=1 --set mirror=true'
)
for method in em reinforce topk fixed; do
    cases+=("images --steps 60 --preset paper --set batchSize=8 --method $method")
done

# Sets `command` to what starts a run of a case.
command_of() { # CASE RUN
    local data=()
    [[ $1 == toy* ]] || data=(--data "$work/${1%% *}")
    # shellcheck disable=SC2206
    command=("${tool[@]}" train $1 "${data[@]}" --out "$2" "${often[@]}")
}

# Sets `command` to what goes on with a run: what started it, if it was ended before it had a folder.
command_on() { # CASE RUN
    if [[ -e $2/config.json ]]; then
        command=("${tool[@]}" train "${1%% *}" --out "$2" --resume)
    else
        command_of "$1" "$2"
    fi
}

# What must be the same in two runs: all but times.
content() { # RUN
    local checkpoint
    cat "$1/snapshots.jsonl" "$1/inspection.json" 2>/dev/null
    sed -E 's/,?"(seconds|communicationSeconds)":[0-9.E+-]+//g' "$1/metrics.jsonl"
    sed -E '/"(wallSeconds|peakResidentBytes|m|e)":/d' "$1/summary.json"
    for checkpoint in "$(find "$1/checkpoint" -maxdepth 1 -name 'step-*' | sort | tail -n 1)" "$1"/best/*; do
        [[ ! -d $checkpoint ]] || (
            basename "$checkpoint"
            cd "$checkpoint" && sha256sum -- *.safetensors *.bin 2>/dev/null
            # The checksums are of lines of metrics with their seconds.
            sed -E 's/"seconds":[0-9.E+-]+,?//; s/"bytes":[0-9]+,"checksum":"[0-9a-f]+"//g' state.json
            echo
        )
    done
}
