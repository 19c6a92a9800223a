@echo off
rem Runs modnet, and builds it before if its sources changed. A build says so on standard error, and prints nothing else unless it
rem fails.
setlocal
set "ROOT=%~dp0"
set "WORK=%ROOT%artifacts\modnet"
where dotnet > nul 2>&1
if errorlevel 1 (
    echo modnet: the .NET 10 SDK is needed, but dotnet was not found. Install it and add it to PATH. 1>&2
    exit /b 1
)
powershell -NoProfile -Command "$stamp = Get-Item '%WORK%\stamp' -ErrorAction Ignore; if (-not $stamp) { exit 1 }; $newer = Get-ChildItem '%ROOT%src', '%ROOT%bench\peers', '%ROOT%Directory.*', '%ROOT%global.json' -Recurse -File | Where-Object { $_.FullName -notmatch '\\(bin|obj|node_modules)\\' -and $_.LastWriteTime -gt $stamp.LastWriteTime } | Select-Object -First 1; exit [int]($null -ne $newer)"
if not errorlevel 1 goto run
if not exist "%WORK%\stamp" echo modnet: building modnet for the first time, which takes a minute or two, on a busy machine more... 1>&2
if exist "%WORK%\stamp" echo modnet: building modnet again, since its sources changed... 1>&2
if not exist "%WORK%" mkdir "%WORK%" 2> nul
if not exist "%WORK%" goto unwritable
echo.> "%WORK%\stamp.new"
dotnet build "%ROOT%src\ModularNetworks.Cli\ModularNetworks.Cli.csproj" --configuration Release --artifacts-path "%WORK%\build" --disable-build-servers -nodeReuse:false --verbosity quiet -nologo > "%WORK%\build.log" 2>&1 < nul
if errorlevel 1 (
    type "%WORK%\build.log" 1>&2
    echo modnet: the build failed; its output is above. 1>&2
    exit /b 1
)
move /y "%WORK%\stamp.new" "%WORK%\stamp" > nul
:run
rem The commands that modnet prints begin as it was called.
set "MODNET_CALLED_AS=%~0"
dotnet "%WORK%\build\bin\ModularNetworks.Cli\release\modnet.dll" %*
exit /b %errorlevel%
:unwritable
echo modnet: cannot write to %WORK%. 1>&2
exit /b 1
