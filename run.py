"""Tieout in one command, with nothing installed but Python 3.11 or newer.

python run.py [--port N] [--no-browser] [--store FILE]   install what is missing, open the app
python run.py test [pytest's arguments]                  every check and every test; with arguments only pytest
python run.py lint                                       style and types only

Packages go into `.venv` beside this file, with your own pip settings, and only when the requirements changed.
"""

import argparse
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python is told so in words
    sys.exit("Tieout needs Python 3.11 or newer; this is Python " + sys.version.split()[0] + ".")

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
UNFINISHED = VENV / "tieout-unfinished"
"""Stands in the environment while it is made or installed into; found at the start, it means: make it anew."""

ADDRESS = "127.0.0.1"
FIRST_PORT, LAST_PORT = 8501, 8599
STOP_SECONDS = 10

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_PACKAGES = ("chromium", "fonts-dejavu-core")
APT_TRIES = 2

LINT_STEPS = (
    ("ruff check", ("-m", "ruff", "check", ".")),
    ("ruff format --check", ("-m", "ruff", "format", "--check", ".")),
    ("mypy", ("-m", "mypy")),
)
PIP_INSTALL = ("-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "-r")
IN_WORKERS = ("--numprocesses=auto", "--maxprocesses=4", "--dist=loadscope")
"""A file's tests stay with one worker, which makes what they share once."""
PYTEST = ("-m", "pytest", "--nbmake", "--nbmake-timeout=600", *IN_WORKERS)


def say(text: str) -> None:
    """The text stands on standard output now, ahead of what a child writes next."""
    print(text, flush=True)


# --- child processes ---------------------------------------------------------------------------------------------


def run(command: list[str], settings: dict[str, str] | None = None) -> int:
    """The command has run in the project's folder; its exit code (128 + n where signal n ended it).

    Ctrl-C and a request to terminate reach the child too; once it has stopped, this process ends with its code.
    """
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **(settings or {})}) as child:
        signal.signal(signal.SIGTERM, lambda *_: _terminate(child))
        try:
            return _exit_code(child.wait())
        except KeyboardInterrupt:
            sys.exit(_stopped(child))
        finally:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _terminate(child: "subprocess.Popen[bytes]") -> None:
    child.terminate()
    raise KeyboardInterrupt


def _stopped(child: "subprocess.Popen[bytes]") -> int:
    """The exit code of a child that has been told to stop by Ctrl-C or by us: waited for, asked, then killed."""
    for insist in (child.terminate, child.kill):
        try:
            return _exit_code(child.wait(STOP_SECONDS))
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            insist()
    return _exit_code(child.wait())


def _exit_code(code: int) -> int:
    return code if code >= 0 else 128 - code


# --- the environment ---------------------------------------------------------------------------------------------


def install(requirements: str) -> None:
    """`.venv` holds what the requirements file asks for; quick where nothing changed since the last time."""
    if not _venv_works():
        _make_venv()
    if _is_installed(requirements):
        return
    say(f"Installing {requirements} (about a minute the first time) …")
    UNFINISHED.touch()
    code = run([str(VENV_PYTHON), *PIP_INSTALL, requirements])
    if code:
        say(f"pip could not install {requirements}; its message stands above.")
        sys.exit(code)
    for name in (requirements, "requirements.txt"):
        _marker(name).write_text(_fingerprint(name), encoding="ascii")
    UNFINISHED.unlink()


def _is_installed(requirements: str) -> bool:
    marker = _marker(requirements)
    return marker.exists() and marker.read_text(encoding="ascii") == _fingerprint(requirements)


def _marker(requirements: str) -> Path:
    return VENV / f"tieout-{Path(requirements).stem}"


def _venv_works() -> bool:
    """Whether `.venv` was finished and its Python still starts, is new enough and has pip."""
    if UNFINISHED.exists() or not VENV_PYTHON.exists():
        return False
    check = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.run([str(VENV_PYTHON), "-c", check], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _make_venv() -> None:
    say(f"Making the environment {VENV.name} …")
    if VENV.exists():
        shutil.rmtree(VENV)
    VENV.mkdir()
    UNFINISHED.touch()
    code = run([sys.executable, "-m", "venv", str(VENV)])
    if code:
        say("Python could not make an environment. On Debian and Ubuntu, install the package python3-venv.")
        sys.exit(code)


def _fingerprint(requirements: str) -> str:
    """The hash of the file and of requirements.txt, which requirements-dev.txt includes."""
    digest = hashlib.sha256()
    for name in dict.fromkeys(("requirements.txt", requirements)):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


# --- the app -----------------------------------------------------------------------------------------------------


def start(arguments: list[str]) -> int:
    """The app has run until it was stopped; its exit code."""
    parser = argparse.ArgumentParser(
        prog="run.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", type=int, help=f"the port to listen on (default: the first free from {FIRST_PORT})")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    parser.add_argument(
        "--store", metavar="FILE", help="the store to open (default: TIEOUT_STORE, else data/tieout.duckdb)"
    )
    options = parser.parse_args(arguments)
    port = _port(options.port)
    install("requirements.txt")
    store = options.store or os.environ.get("TIEOUT_STORE")
    settings = {"TIEOUT_STORE": os.path.abspath(store)} if store else {}
    command = [str(VENV_PYTHON), "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    if options.no_browser:
        command += ["--server.headless", "true"]
    say(f"Tieout opens at http://{ADDRESS}:{port} (Ctrl-C stops it).")
    return run(command, settings)


def _port(wanted: int | None) -> int:
    """The port wanted, or the first free one; exits in words where it is taken."""
    if wanted is not None:
        if not 0 < wanted < 65536:
            sys.exit(f"--port: wanted a number from 1 to 65535, found {wanted}.")
        if not _is_free(wanted):
            sys.exit(
                f"Port {wanted} is taken: is Tieout open at http://{ADDRESS}:{wanted}? Else choose another --port."
            )
        return wanted
    for port in range(FIRST_PORT, LAST_PORT + 1):
        if _is_free(port):
            return port
    sys.exit(f"No port from {FIRST_PORT} to {LAST_PORT} is free; choose one with --port.")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
    return True


# --- checks and tests --------------------------------------------------------------------------------------------


def lint() -> list[str]:
    """The style and type checks have run; the names of those that failed."""
    install("requirements-dev.txt")
    return [name for name, command in LINT_STEPS if _step(name, command)]


def test(arguments: list[str]) -> int:
    """Every check has run, pytest last, so that its closing line is the last; 0 where all passed."""
    failed = [] if arguments else lint()
    install("requirements-dev.txt")
    if not _chromium_is_there() and os.environ.get("CI"):
        failed.append("chromium")
    if failed:
        say(f"\nFailed before pytest, so this run fails: {', '.join(failed)}")
    say("\n== pytest")
    search_path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    code = run([str(VENV_PYTHON), *PYTEST, *arguments], {"PYTHONPATH": search_path})
    return code or int(bool(failed))


def _step(name: str, command: tuple[str, ...]) -> int:
    """One check has run, shown with its name, outcome and time; its exit code."""
    say(f"\n== {name}")
    began = time.monotonic()
    code = run([str(VENV_PYTHON), *command])
    say(f"-- {name}: {'failed' if code else 'passed'} in {time.monotonic() - began:.1f} s")
    return code


def _chromium_is_there() -> bool:
    """Whether Chromium is on the PATH, after installing it where this machine lets us; says so in words where not."""
    if _chromium():
        return True
    if shutil.which("apt-get") and getattr(os, "geteuid", lambda: -1)() == 0:
        say("\nInstalling Chromium for the browser tests …")
        for _ in range(APT_TRIES):
            if _apt("update") == 0 and _apt("install", "-y", "--no-install-recommends", *CHROMIUM_PACKAGES) == 0:
                break
    if _chromium():
        return True
    outcome = "which CI does not allow" if os.environ.get("CI") else "so the browser tests will be skipped"
    say(f"\nChromium is not on the PATH (looked for {', '.join(CHROMIUM_NAMES)}), {outcome}.")
    return False


def _chromium() -> str | None:
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def _apt(*arguments: str) -> int:
    return run(["apt-get", "-qq", *arguments], {"DEBIAN_FRONTEND": "noninteractive"})


def main(arguments: list[str]) -> int:
    """What the arguments ask for is done; the exit code."""
    if arguments[:1] == ["test"]:
        return test(arguments[1:])
    if arguments == ["lint"]:
        return int(bool(lint()))
    return start(arguments)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
