"""JupyterLab as a student should meet it: the start page, in their language, with nothing else asking for attention."""

from __future__ import annotations

import json
import os
import socket
import sys
from pathlib import Path

from crmlab.core.course import chapters
from crmlab.core.text import LOCALES, Language

# What asks the network or a language server; jupytext's menus and the debugger, which a learner has no use for.
_DISABLED = (
    "@jupyterlab/apputils-extension:announcements",
    "@jupyterlab/debugger-extension",
    "@jupyterlab/extensionmanager-extension",
    "@jupyterlab/fileeditor-extension:language-server",
    "@jupyterlab/lsp-extension",
    "@jupyterlab/notebook-extension:language-server",
    "jupyterlab-jupytext",
)


def write_settings(work: Path, lang: Language) -> Path:
    """Write JupyterLab's defaults for this working copy and return the configuration folder.

    No news, no update check, no extension that asks the network; the learner's own settings stay on top of these.
    """
    folder = work / ".jupyter"
    defaults = {
        "@jupyterlab/apputils-extension:notification": {"checkForUpdates": False, "fetchNews": "false"},
        "@jupyterlab/docmanager-extension:plugin": {"autosaveInterval": 20},
        "@jupyterlab/translation-extension:plugin": {"locale": LOCALES[lang]},
    }
    page = {"disabledExtensions": dict.fromkeys(_DISABLED, True)}
    (folder / "labconfig").mkdir(parents=True, exist_ok=True)
    for name, content in (("default_setting_overrides", defaults), ("page_config", page)):
        (folder / "labconfig" / f"{name}.json").write_text(json.dumps(content, indent=1), encoding="utf-8")
    return folder


def port_is_free(port: int) -> bool:
    """Whether a server can listen on a port of this machine."""
    with socket.socket() as trial:
        # As the server itself will: a port in its closing wait is free, one that is listened on is not.
        if os.name != "nt":
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def has_display() -> bool:
    """Whether a browser window can open: always on Windows and macOS, with a display elsewhere."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def serve(work: Path, lang: Language, *, browser: bool, port: int | None) -> None:
    """Run JupyterLab on a working copy until it is stopped."""
    from jupyterlab.labapp import LabApp

    config = write_settings(work, lang)
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(
        [str(config), *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    )
    os.environ["JUPYTER_WIDGETS_ECHO"] = "0"  # a message for each move that only serves several pages on one kernel
    options = {
        "ServerApp.root_dir": work,
        "ServerApp.open_browser": browser and has_display(),
        "ServerApp.answer_yes": True,
        "ServerApp.allow_root": True,
        "ServerApp.log_level": "ERROR",
        "ServerApp.kernel_websocket_connection_class": "crmlab.connection.PromptConnection",
        "LabApp.log_level": "ERROR",
        "ServerApp.jpserver_extensions": {"jupyterlab": True, "jupyter_lsp": False, "jupytext": False},
        "KernelManager.transport_encryption": "auto",  # other users of the machine stay out
        "LabApp.default_url": f"/lab/tree/{lang}/{chapters()[0].file}",
        "LabApp.expose_app_in_browser": True,  # the projector button closes the file list
        "LabApp.extension_manager": "readonly",
        "LabApp.user_settings_dir": config / "lab" / "user-settings",
        "LabApp.workspaces_dir": config / "lab" / f"workspaces-{lang}",
    }
    if port is not None:
        options |= {"ServerApp.port": port, "ServerApp.port_retries": 0}
    LabApp.launch_instance(argv=[f"--{name}={value}" for name, value in options.items()])
