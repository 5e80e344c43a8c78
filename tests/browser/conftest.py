"""A real JupyterLab in headless Chromium: start it, open a notebook, run it, read its console."""

import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "build" / "browser"
PATIENCE = 60
PANEL = ".jp-NotebookPanel:not(.lm-mod-hidden)"
# Lab asks for these on its own where they may be absent.
HARMLESS = ("favicon.ico",)
# Chromium draws no picture that is taller than this.
TALLEST = 16_000
_AXE = Path(sys.prefix) / "npm" / "node_modules" / "axe-core" / "axe.min.js"
_ASK_AXE = """
const done = arguments[arguments.length - 1];
axe.run(arguments[0], {resultTypes: ['violations']})
  .then(found => done(found.violations), error => done(String(error)));
"""
_OUTER = f"const outer = document.querySelector('{PANEL} .jp-WindowedPanel-outer');"


class Lab(NamedTuple):
    """A running JupyterLab: its address, its token and the folder it serves."""

    url: str
    token: str
    folder: Path


def wait_for(holds: Callable[[], Any], what: str, seconds: float = PATIENCE) -> Any:
    """Return what `holds` gives as soon as it is true."""
    from selenium.common.exceptions import (
        NoSuchElementException,
        StaleElementReferenceException,
    )

    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        try:
            if found := holds():
                return found
        except (NoSuchElementException, StaleElementReferenceException):
            pass  # the page is being drawn
        time.sleep(0.05)
    raise AssertionError(f"after {seconds} s there was still no {what}")


def ask_server(lab: Lab, path: str, *, method: str = "GET") -> Any:
    """Return what the server's API says."""
    request = urllib.request.Request(  # noqa: S310 - our own server
        f"{lab.url}/api/{path}", headers={"Authorization": f"token {lab.token}"}, method=method
    )
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
        return json.loads(answer.read() or "null")


def _answers(lab: Lab) -> bool:
    try:
        return bool(ask_server(lab, "status"))
    except OSError:
        return False


def _start_lab(folder: Path, settings: dict[str, Any]) -> tuple[Lab, subprocess.Popen[bytes]]:
    served = folder / "served"
    served.mkdir()
    app_settings = folder / "app_settings"
    app_settings.mkdir()
    (app_settings / "overrides.json").write_text(json.dumps(settings), encoding="utf-8")
    own = {
        **{f"JUPYTER_{kind}_DIR": folder / kind.lower() for kind in ("CONFIG", "DATA", "RUNTIME")},
        "JUPYTERLAB_SETTINGS_DIR": folder / "user_settings",
        "JUPYTERLAB_WORKSPACES_DIR": folder / "workspaces",
        "IPYTHONDIR": folder / "ipython",
        "MPLCONFIGDIR": folder / "matplotlib",
    }
    for place in own.values():
        place.mkdir(exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    lab = Lab(f"http://127.0.0.1:{port}", secrets.token_hex(16), served)
    options = [
        "--no-browser",
        *(["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={lab.token}",
        f"--ServerApp.root_dir={served}",
        f"--LabApp.app_settings_dir={app_settings}",
        "--ServerApp.terminals_enabled=False",
        "--KernelManager.transport_encryption=auto",
    ]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            env={**os.environ, **{name: str(place) for name, place in own.items()}},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return lab, server


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End the server with its kernels, which stand in its process group."""
    server.send_signal(signal.SIGTERM)
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of this folder are run by make test-browser: each takes many seconds."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser_suite)


@pytest.fixture(scope="session")
def browser_programs() -> tuple[str, str]:
    """Chromium and its driver as the system has them; nothing is downloaded."""
    pytest.importorskip("selenium", reason="selenium is not installed: make test installs it")
    names = ("chromium", "google-chrome")
    browser = next(filter(None, map(shutil.which, names)), None)
    driver = shutil.which("chromedriver")
    if browser is None or driver is None:
        missing = "chromedriver" if browser else "Chromium"
        pytest.skip(f"there is no {missing} here: apt-get install chromium chromium-driver")
    if os.name != "posix":
        pytest.skip("the server is ended by its process group, which Windows does not have")
    return browser, driver


@pytest.fixture(scope="session")
def lab(
    browser_programs: tuple[str, str],  # noqa: ARG001 - no server where no browser is
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Lab]:
    """One JupyterLab for all tests of a process; put notebooks into its ``folder``."""
    settings = {
        "@jupyterlab/apputils-extension:notification": {
            "fetchNews": "false",
            "checkForUpdates": False,
        },
        # All cells are in the page, also those one would have to scroll to.
        "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    }
    folder = tmp_path_factory.mktemp("lab")
    lab, server = _start_lab(folder, settings)
    try:
        wait_for(lambda: server.poll() is not None or _answers(lab), "answer of JupyterLab")
        assert server.poll() is None, (folder / "server.log").read_text(encoding="utf-8")
        yield lab
    finally:
        _stop(server)


@pytest.fixture(scope="session")
def driver(
    browser_programs: tuple[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    """One headless Chromium for all tests of a process."""
    from selenium import webdriver

    browser, program = browser_programs
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for argument in (
        "--headless=new",
        "--no-sandbox",  # root may not have one
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--no-proxy-server",
        "--window-size=1280,1000",
        f"--user-data-dir={tmp_path_factory.mktemp('chromium')}",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    options.unhandled_prompt_behavior = "ignore"
    # With the driver named, Selenium looks for none on the network.
    chromium = webdriver.Chrome(options, webdriver.ChromeService(executable_path=program))
    try:
        yield chromium
    finally:
        chromium.quit()


@pytest.fixture(scope="session")
def axe() -> str:
    """The checker, as `make test-browser` installs it; no part of the project."""
    if not _AXE.is_file():
        pytest.skip(f"there is no axe-core in {_AXE.parent}: make test-browser installs it by npm")
    return _AXE.read_text(encoding="utf-8")


@pytest.fixture
def page(driver: Any, lab: Lab, request: pytest.FixtureRequest) -> Iterator[Any]:
    """The browser with its logs emptied; a test that fails leaves a picture, and none a kernel."""
    driver.get("about:blank")
    driver.get_log("browser")
    driver.get_log("performance")
    failed = request.session.testsfailed
    yield driver
    if request.session.testsfailed > failed:
        take_picture(driver, f"failed_{request.node.name}")
    for session in ask_server(lab, "sessions"):
        ask_server(lab, f"sessions/{session['id']}", method="DELETE")


def open_notebook(page: Any, lab: Lab, name: str) -> None:
    """Open a notebook of the lab's folder and wait until its kernel answers."""
    page.get(f"{lab.url}/lab/tree/{name}?reset&token={lab.token}")
    wait_for(lambda: find(page, f"{PANEL} .jp-Cell"), "notebook")
    wait_until_ready(page, lab, name)


def wait_until_ready(page: Any, lab: Lab, name: str) -> None:
    """Wait until the kernel is idle and the page knows it.

    The page alone says idle before there is a kernel.
    """

    def is_ready() -> bool:
        kernels = [s["kernel"] for s in ask_server(lab, "sessions") if s["path"] == name]
        if not any(k["execution_state"] == "idle" and k["connections"] > 0 for k in kernels):
            return False
        return is_idle(page)

    wait_for(is_ready, "kernel that is ready")


def is_idle(page: Any) -> bool:
    """Tell whether the page shows its kernel as idle."""
    return "| Idle" in find(page, "#jp-main-statusbar").text


def choose_from_menu(page: Any, menu: str, command: str) -> None:
    """Choose a command from a menu of JupyterLab."""
    bar = page.find_elements("css selector", ".lm-MenuBar-item")
    next(item for item in bar if item.text.strip() == menu).click()
    wait_for(lambda: find(page, f'.lm-Menu-item[data-command="{command}"]').is_displayed(), "menu")
    find(page, f'.lm-Menu-item[data-command="{command}"]').click()


def run_all_cells(page: Any, seconds: float = PATIENCE) -> None:
    """Run all cells and wait until each is done."""
    choose_from_menu(page, "Run", "runmenu:run-all")

    def is_done() -> bool:
        prompts = find_all(page, f"{PANEL} .jp-CodeCell .jp-InputPrompt")
        done = [re.fullmatch(r"\[\d+\]:?", prompt.text.strip()) for prompt in prompts]
        return bool(prompts) and all(done) and is_idle(page)

    wait_for(is_done, "end of all cells", seconds)


def restart_kernel(page: Any, lab: Lab, name: str) -> None:
    """Restart the notebook's kernel by the menu, and wait until it is ready."""
    choose_from_menu(page, "Kernel", "kernelmenu:restart")
    wait_for(lambda: find(page, ".jp-Dialog .jp-mod-accept"), "question").click()
    wait_for(lambda: not find_all(page, ".jp-Dialog"), "end of the question")
    wait_until_ready(page, lab, name)


def find(page: Any, selector: str) -> Any:
    """Return the first element of a CSS selector."""
    return page.find_element("css selector", selector)


def find_all(page: Any, selector: str) -> list[Any]:
    """Return all elements of a CSS selector."""
    return list(page.find_elements("css selector", selector))


def errors_of_cells(page: Any) -> list[str]:
    """Return what cells show as errors or warnings."""
    shown = ".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.{kind}']"
    kinds = [shown.format(kind=kind) for kind in ("error", "stderr")]
    return [output.text for output in find_all(page, ", ".join(kinds))]


def console_errors(page: Any) -> list[str]:
    """Return the errors that the browser's console has had since it was last asked."""
    return [
        entry["message"]
        for entry in page.get_log("browser")
        if entry["level"] == "SEVERE" and not any(name in entry["message"] for name in HARMLESS)
    ]


def foreign_requests(page: Any, lab: Lab) -> list[str]:
    """Return addresses elsewhere that the page has asked for since this was last called."""
    events = (json.loads(entry["message"])["message"] for entry in page.get_log("performance"))
    asked = [
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    ]
    return [url for url in asked if url.startswith("http") and not url.startswith(lab.url)]


def take_picture(page: Any, name: str) -> None:
    """Save what the page shows in the folder of results of tests."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    (PICTURES / f"{name}.png").write_bytes(page.get_screenshot_as_png())


def take_pictures_of_notebook(page: Any, name: str) -> None:
    """Save the whole notebook in the same folder: several pictures where it is long."""
    width, height, cells, shown = page.execute_script(
        f"{_OUTER} return [innerWidth, innerHeight, outer.scrollHeight, outer.clientHeight]"
    )
    around = height - shown
    set_window(page, width, min(around + cells, TALLEST))
    tops = range(0, cells, TALLEST - around)
    for number, top in enumerate(tops, 1):
        page.execute_script(f"{_OUTER} outer.scrollTop = {top}")
        take_picture(page, f"{name}_{number}" if len(tops) > 1 else name)
    page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def set_window(page: Any, width: int, height: int) -> None:
    """Give the page a window of a size that the screen need not have."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def prefer_colours(page: Any, scheme: str) -> None:
    """Let the browser ask pages for ``light`` or ``dark`` colours."""
    asked = [{"name": "prefers-color-scheme", "value": scheme}]
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": asked})


def use_theme(page: Any, name: str) -> None:
    """Give JupyterLab another theme, as its settings menu does."""
    bar = find_all(page, ".lm-MenuBar-item")
    next(item for item in bar if item.text.strip() == "Settings").click()
    wait_for(lambda: _click_item(page, "Theme"), "menu of themes")
    wait_for(lambda: _click_item(page, name), "theme")
    wait_for(
        lambda: find(page, "body").get_attribute("data-jp-theme-name") == name, "change of theme"
    )


def _click_item(page: Any, label: str) -> bool:
    for item in find_all(page, ".lm-Menu-item"):
        if item.text.split("\n")[0].strip() == label and item.is_displayed():
            item.click()
            return True
    return False


def violations(page: Any, axe: str, within: str = "html") -> list[str]:
    """Return what axe-core calls serious or critical in an element, with those that it names."""
    page.execute_script(axe)
    answer = page.execute_async_script(_ASK_AXE, within)
    assert isinstance(answer, list), f"axe-core failed: {answer}"
    return [
        f"{found['impact']}: {found['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for found in answer
        if found["impact"] in ("serious", "critical")
        for node in found["nodes"]
    ]
