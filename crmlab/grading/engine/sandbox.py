"""The Linux sandbox, from the kernel's own parts: name spaces, a root of its own, no rights, hard limits.

:func:`build` is called once in a zygote and prepares what all its children share: a user name space, no network, and a
root in memory that shows the system's libraries, Python and the course without its solutions, all of it read-only.
:func:`fork` makes a child with process numbers of its own, and :func:`close_door` gives that child its own ``/tmp`` and
``/proc`` and takes everything else away. Needs no extra program and works for root as for anybody who may make user
name spaces.
"""

from __future__ import annotations

import ctypes
import errno
import functools
import os
import re
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal

#: What no student's process sees of a topic.
SECRET_MODULES = ("items", "practice", "vignettes")

_NEWNS, _NEWUTS, _NEWIPC, _NEWUSER, _NEWPID, _NEWNET = 0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000
_RDONLY, _NOSUID, _NODEV, _NOEXEC, _REMOUNT, _BIND, _REC, _PRIVATE = 1, 2, 4, 8, 32, 4096, 16384, 1 << 18
_KEPT_FLAGS = {1: 1, 2: 2, 4: 4, 8: 8, 1024: 1024, 2048: 2048, 4096: 1 << 21}  # of statvfs: as mount(2) has them
_DETACH = 2
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41, "riscv64": 41, "loongarch64": 41, "ppc64le": 203, "s390x": 217}
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_KEEPCAPS, _PR_CAPBSET_DROP, _PR_SUBREAPER = 1, 4, 8, 24, 36
_PR_SET_SECCOMP = 22
_PR_NO_NEW_PRIVS, _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR = 38, 47, 4
_CAPABILITY_VERSION_3 = 0x20080522
_MAY_READ = 1 << 2  # CAP_DAC_READ_SEARCH
_NOBODY = 65534
_SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", "/nix/store", "/gnu/store")
_SETTINGS = (
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/localtime",
    "/etc/fonts",
    "/etc/alternatives",
)
_DEVICES = ("null", "zero", "urandom")
_SHARED = "/dev/shm"  # where the C library keeps what processes share
_STAGE = "/tmp"  # where the new root is put together: a folder that every system has


@dataclass(frozen=True)
class Isolation:
    """How far a student's code is shut in, and why not further.

    ``sandbox``: no network, no files but the system's and the course's, no other process, no rights. ``process``: a
    process of its own with limits on time, memory and output, but with the rights of a user of this machine.
    """

    name: Literal["sandbox", "process"]
    note: str = ""


class SandboxError(RuntimeError):
    """The sandbox is not to be had here; the message says which step failed and why."""


@dataclass(frozen=True)
class View:
    """What the sandbox shows: folders and files as they are, and the course without its solutions."""

    shown: tuple[str, ...]
    package: str
    datasets: str


def view() -> View:
    """Return what a child needs to see of this machine. Resolved before anything is hidden."""
    import crmlab
    from crmlab.core.data import course_root

    places = dict.fromkeys((*_SYSTEM, *_SETTINGS))
    for prefix in dict.fromkeys((sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix)):
        for part in ("bin", "lib", "lib32", "lib64", "share", "pyvenv.cfg"):
            places[os.path.join(prefix, part)] = None
        places[os.path.join(os.path.realpath(prefix), "lib")] = None  # a prefix may be a link
    for entry in sys.path:
        if entry.rstrip("/").endswith(("-packages", ".zip")):
            places[entry] = None
    return View(
        tuple(place for place in places if os.path.lexists(place)),
        os.path.dirname(os.path.abspath(str(crmlab.__file__))),
        str(course_root() / "datasets"),
    )


# --- the kernel ------------------------------------------------------------------------------------------------------


@functools.cache
def _libc() -> Any:
    return ctypes.CDLL(None, use_errno=True)


def _call(name: str, *arguments: Any) -> int:
    """Call the C library; raise OSError with its name where it fails."""
    result: int = getattr(_libc(), name)(*arguments)
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return result


def _mount(source: str, target: str, kind: str, flags: int, data: str = "") -> None:
    words = [os.fsencode(word) if word else None for word in (source, target, kind)]
    _call("mount", *words, ctypes.c_ulong(flags), os.fsencode(data) if data else None)


def _prctl(option: int, *arguments: int) -> int:
    return _call("prctl", option, *[ctypes.c_ulong(one) for one in (*arguments, 0, 0, 0, 0)[:4]])


def _pivot_root(new: str, old: str) -> None:
    number = _PIVOT_ROOT.get(os.uname().machine)
    if number is None:
        raise OSError(errno.ENOSYS, f"pivot_root: unknown on {os.uname().machine}")
    _call("syscall", ctypes.c_long(number), os.fsencode(new), os.fsencode(old))


# --- once per zygote -------------------------------------------------------------------------------------------------


def build(shown: View) -> None:
    """Move this process into the shared part of the sandbox. It must have one thread and no way back.

    Raises
    ------
    SandboxError
        A step failed; the process is then good for nothing else.
    """
    step = "start"
    try:
        if sys.platform != "linux":
            raise OSError(errno.ENOSYS, f"there are no name spaces on {sys.platform}")
        step = "user name space"
        _new_user_space()
        step = "name spaces"
        _call("unshare", _NEWNS | _NEWIPC | _NEWUTS | _NEWNET)
        step = "host name"
        _call("sethostname", b"student", 7)
        step = "process numbers"
        _move_into_new_numbers()
        _spaces.append(os.open("/proc/self/ns/pid", os.O_RDONLY))
        step = "root in memory"
        _mount("", "/", "", _REC | _PRIVATE)
        _mount("tmpfs", _STAGE, "tmpfs", _NOSUID | _NODEV, "mode=755")
        for folder in ("old", "new"):
            os.mkdir(os.path.join(_STAGE, folder))
        _pivot_root(_STAGE, os.path.join(_STAGE, "old"))
        os.chdir("/")
        _mount("tmpfs", "/new", "tmpfs", _NOSUID | _NODEV, "mode=755,size=64m")
        step = "system folders"
        _furnish(shown)
        step = "no further user name spaces"
        _write("/old/proc/sys/user/max_user_namespaces", "0")
        step = "change of root"
        os.chdir("/new")
        _pivot_root(".", ".")
        _call("umount2", b".", _DETACH)  # the old root lies over the new one until here
        os.chdir("/")
        _mount("", "/", "", _REMOUNT | _BIND | _RDONLY | _NOSUID | _NODEV)
        step = "a child of its own"
        _try_child()
    except OSError as error:
        raise SandboxError(f"{step}: {error.strerror or error}") from error


_spaces: list[int] = []  # the process-number space of the zygote itself
_folder = ["/tmp"]  # where a child may write


def _new_user_space() -> None:
    """Enter a user name space: as root with everybody in it, otherwise alone, as nobody."""
    uid, gid = os.geteuid(), os.getegid()
    if uid != 0:
        _call("unshare", _NEWUSER)
        _write("/proc/self/setgroups", "deny")
        _write("/proc/self/uid_map", f"{_NOBODY} {uid} 1")
        _write("/proc/self/gid_map", f"{_NOBODY} {gid} 1")
        return
    # Only a process outside may write a map of more than oneself.
    maps = {name: _identity(f"/proc/self/{name}") for name in ("uid_map", "gid_map")}
    me, (ready, tell) = os.getpid(), os.pipe()
    helper = os.fork()
    if not helper:
        os.close(tell)
        os.read(ready, 1)
        code = 0
        try:
            for name, lines in maps.items():
                _write(f"/proc/{me}/{name}", lines)
        except OSError as error:
            code = error.errno or 1
        os._exit(code)
    try:
        _call("unshare", _NEWUSER)
    finally:
        os.close(tell)  # the sign
        os.close(ready)
        code = os.waitstatus_to_exitcode(os.waitpid(helper, 0)[1])
    if code:
        raise OSError(code, f"map of users: {os.strerror(code)}")


def _move_into_new_numbers() -> None:
    """Go on as the first process of new process numbers: only from there may numbers be made again for each child.

    What was this process stays behind and ends with the new one, and the new one ends with it.
    """
    _call("unshare", _NEWPID)
    inner = os.fork()
    if inner:
        os.closerange(3, 65536)
        os._exit(1 if os.waitpid(inner, 0)[1] else 0)
    _prctl(_PR_SET_PDEATHSIG, 9)


def _identity(path: str) -> str:
    rows = [line.split() for line in Path(path).read_text().splitlines()]
    return "".join(f"{inside} {inside} {count}\n" for inside, _, count in rows)


def _write(path: str, text: str) -> None:
    with open(path, "wb", buffering=0) as file:
        file.write(text.encode())


def _furnish(shown: View) -> None:
    for place in shown.shown:
        _show(place)
    places = (*shown.shown, shown.package, shown.datasets)
    if any(place.startswith("/tmp/") for place in places):  # an environment in /tmp is to stay in sight
        _folder.append("/student")
    for folder in ("/tmp", "/dev", _SHARED, "/proc", "/etc", *_folder):
        os.makedirs(f"/new{folder}", exist_ok=True)
    for device in _DEVICES:
        Path("/new/dev", device).touch()
        _mount(f"/old/dev/{device}", f"/new/dev/{device}", "", _BIND)
    Path("/new/etc/passwd").write_text(f"student:x:{_NOBODY}:{_NOBODY}::/tmp:/bin/sh\n")
    Path("/new/etc/group").write_text(f"student:x:{_NOBODY}:\n")
    # A new /proc is only to be had where one is in full view already; each child covers this one with its own.
    with suppress(OSError):
        _mount("proc", "/new/proc", "proc", _NOSUID | _NODEV | _NOEXEC)
    _copy_course(shown)


def _show(place: str) -> None:
    """Bind a folder or file of the old root read-only at the same place; a link stays a link."""
    old, new = f"/old{place}", f"/new{place}"
    if os.path.lexists(new):
        return  # a part of a folder that is already there
    os.makedirs(os.path.dirname(new), exist_ok=True)
    if os.path.islink(old):
        target = os.readlink(old)
        os.symlink(target, new)
        whole = os.path.normpath(os.path.join(os.path.dirname(place), target))
        if os.path.lexists(f"/old{whole}"):
            _show(whole)
        return
    if os.path.isdir(old):
        os.mkdir(new)
    elif os.path.isfile(old):
        Path(new).touch()
    else:
        return
    _mount(old, new, "", _BIND | _REC)
    for point in _mounts_below(new):
        has = os.statvfs(point).f_flag
        kept = sum(flag for bit, flag in _KEPT_FLAGS.items() if has & bit)
        _mount("", point, "", _REMOUNT | _BIND | _RDONLY | _NOSUID | _NODEV | kept)


def _mounts_below(folder: str) -> Iterator[str]:
    with open("/old/proc/self/mountinfo", encoding="utf-8", errors="surrogateescape") as file:  # codecs that are loaded
        points = [re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), line.split()[4]) for line in file]
    return (point for point in dict.fromkeys(points) if point == folder or point.startswith(f"{folder}/"))


def _copy_course(shown: View) -> None:
    """Put a copy of the package and its data where the original stands, without what holds answers."""
    for folder, keep in ((shown.package, _open_part), (shown.datasets, None)):
        os.makedirs(f"/new{folder}", exist_ok=True)
        _mount("tmpfs", f"/new{folder}", "tmpfs", _NOSUID | _NODEV, "mode=755,size=256m")
        shutil.copytree(f"/old{folder}", f"/new{folder}", dirs_exist_ok=True, ignore=keep)
        _readable(f"/new{folder}")
        if folder == shown.package:
            for topic in Path(f"/new{folder}").iterdir():
                for name in SECRET_MODULES:
                    if Path(f"/old{folder}", topic.name, f"{name}.py").is_file():
                        (topic / f"{name}.py").touch(0o444)
    for folder in (shown.package, shown.datasets):  # only now: in a wheel the second stands in the first
        _mount("", f"/new{folder}", "", _REMOUNT | _BIND | _RDONLY | _NOSUID | _NODEV)


def _open_part(folder: str, names: list[str]) -> set[str]:
    hidden = {f"{name}.py" for name in SECRET_MODULES} | {"__pycache__", "grading", "_course"}
    return {name for name in names if name in hidden}


def _readable(folder: str) -> None:
    """Let everybody read a copy, however closed the original is kept."""
    for where, _, files in os.walk(folder):
        os.chmod(where, 0o755)
        for name in files:
            os.chmod(os.path.join(where, name), 0o444)


# --- once per child --------------------------------------------------------------------------------------------------


def fork() -> int:
    """Fork a first process of new process numbers: when it ends, the kernel ends all that it started."""
    _call("unshare", _NEWPID)
    child = -1
    try:
        child = os.fork()
    finally:
        if child:  # also where the fork failed: the next one needs numbers of its own again
            _call("setns", _spaces[0], _NEWPID)
    return child


def close_door(tmp_mb: int) -> str:
    """Give a forked child its own ``/tmp`` and ``/proc``; then take all rights away, for good.

    Returns
    -------
    The folder that can be written to, now the current one: ``/tmp``, or another where Python itself stands there.
    Besides it there is ``/dev/shm``, of the same size.

    Raises
    ------
    OSError
        Something could not be taken away; nothing must be run then.
    """
    _call("unshare", _NEWNS | _NEWIPC)
    try:
        # Read-only, so that nobody takes back to be the first to go where memory runs short.
        _mount("proc", "/proc", "proc", _NOSUID | _NODEV | _NOEXEC | _RDONLY)
    except OSError:  # some containers hide parts of /proc and then allow no new one
        _mount("tmpfs", "/proc", "tmpfs", _NOSUID | _NODEV | _NOEXEC | _RDONLY, "mode=555")
    folder = _folder[-1]
    for place in (folder, _SHARED):
        _mount("tmpfs", place, "tmpfs", _NOSUID | _NODEV, f"mode=1777,size={tmp_mb}m,nr_inodes=20000")
    os.chdir(folder)
    drop_rights(become_nobody=os.geteuid() == 0)
    _filter_calls()
    return folder


def drop_rights(*, become_nobody: bool, keep_reading: bool = False) -> None:
    """Give up all capabilities and every way to new ones.

    Parameters
    ----------
    become_nobody
        Also give up being root.
    keep_reading
        Go on reading all files, where this Python stands in a folder that only root may enter.
    """
    for capability in range(64):
        if _libc().prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0) == -1 and ctypes.get_errno() == errno.EINVAL:
            break  # beyond the last one that this kernel knows
    if become_nobody:
        _prctl(_PR_KEEPCAPS, int(keep_reading))
        os.setgroups([])
        os.setresgid(_NOBODY, _NOBODY, _NOBODY)
        os.setresuid(_NOBODY, _NOBODY, _NOBODY)
    _libc().prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR, 0, 0, 0)
    kept = _MAY_READ if keep_reading else 0
    _call("capset", (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0), (ctypes.c_uint32 * 6)(kept, kept))
    _prctl(_PR_NO_NEW_PRIVS, 1)
    _prctl(_PR_SET_DUMPABLE, 1)  # its own /proc stays its own
    _prctl(_PR_SET_PDEATHSIG, 9)


def _filter_calls() -> None:
    """Refuse calls that no notebook needs and that reach past name spaces or limits.

    These are the kernel's keys, its tools, odd sockets, and memory that counts for no process.
    """
    known = _REFUSED.get(os.uname().machine)
    if known is None:
        return
    architecture, socket_call, refused = known
    load, equal, at_least, give = 0x20, 0x15, 0x35, 0x06
    deny = (give, 0, 0, 0x00050000 | errno.EPERM)
    program = [(load, 0, 0, 4), (equal, 1, 0, architecture), deny, (load, 0, 0, 0), (at_least, 0, 1, 1 << 30), deny]
    for number in refused:
        program += [(equal, 0, 1, number), deny]
    program += [(equal, 0, len(_SOCKETS) + 2, socket_call), (load, 0, 0, 16)]
    program += [(equal, len(_SOCKETS) - place, 0, family) for place, family in enumerate(_SOCKETS)]
    program += [deny, (give, 0, 0, 0x7FFF0000)]
    code = b"".join(struct.pack("=HBBI", *one) for one in program)
    held = ctypes.create_string_buffer(code, len(code))
    told = _Program(len(program), ctypes.addressof(held))
    _prctl(_PR_SET_SECCOMP, 2, ctypes.addressof(told))


class _Program(ctypes.Structure):
    _fields_: ClassVar = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


_SOCKETS = (1, 2, 10, 16)  # Unix, IPv4, IPv6, netlink; not those to a virtual machine's host
# The architecture's number, socket(), and: add_key, request_key, keyctl, bpf, perf_event_open, userfaultfd,
# io_uring_setup, process_vm_readv, process_vm_writev, shmget, memfd_create, memfd_secret.
_REFUSED = {
    "x86_64": (0xC000003E, 41, (248, 249, 250, 321, 298, 323, 425, 310, 311, 29, 319, 447)),
    "aarch64": (0xC00000B7, 198, (217, 218, 219, 280, 241, 282, 425, 270, 271, 194, 279, 447)),
}


def adopt_orphans() -> None:
    """Make this process the parent of whatever its children leave behind, so that it can end them (Linux)."""
    _prctl(_PR_SUBREAPER, 1)


def _try_child() -> None:
    """Fork one child and shut it in, to see whether it can be done."""
    ready, tell = os.pipe()
    child = fork()
    if not child:
        try:
            close_door(1)
            os._exit(0)
        except OSError as error:
            os.write(tell, (error.strerror or str(error)).encode("utf-8", "replace"))
        finally:
            os._exit(1)
    os.close(tell)
    with os.fdopen(ready, "rb") as file:
        said = file.read().decode("utf-8", "replace")
    if os.waitpid(child, 0)[1]:
        raise OSError(errno.EPERM, said or "the child died")


# --- is it to be had? ------------------------------------------------------------------------------------------------


def python(code: str) -> list[str]:
    """Return the command line of a fresh Python that finds this package; to be run with :data:`ENVIRONMENT` alone."""
    root, others = str(Path(__file__).resolve().parents[3]), list(dict.fromkeys(_homes()))
    begin = (
        "import sys\n"
        f"sys.path[:0] = [p for p in [{root!r}] if p not in sys.path]\n"
        f"sys.path += [p for p in {others!r} if p not in sys.path]\n{code}"
    )
    return [sys.executable, "-s", "-P", "-X", "utf8", "-c", begin]  # -I would not read PYTHONHASHSEED


def _homes() -> Iterator[str]:
    """Folders of the libraries in use: a user's own ``site-packages`` is out of sight for ``python -I``."""
    from importlib.util import find_spec

    for name in ("numpy", "pandas", "matplotlib", "scipy", "IPython"):
        spec = find_spec(name)
        if spec and spec.origin:
            yield str(Path(spec.origin).parents[1])


#: What a fresh Python gets of this user's environment: nothing. Threads of its own would forbid name spaces.
ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "HOME": "/tmp",
    "TMPDIR": "/tmp",
    "MPLBACKEND": "agg",
    "MPLCONFIGDIR": "/tmp",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
}


@functools.cache
def probe() -> Isolation:
    """Try the sandbox in a process of its own and say how far students' code can be shut in here."""
    if sys.platform != "linux":
        return Isolation("process", f"There are no name spaces on {sys.platform}.")
    try:
        tried = subprocess.run(
            python("from crmlab.grading.engine import sandbox; sandbox.main()"),
            capture_output=True,
            text=True,
            timeout=60,
            env=ENVIRONMENT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Isolation("process", str(error))
    if tried.returncode == 0:
        return Isolation("sandbox")
    return Isolation("process", (tried.stdout or tried.stderr).strip()[-300:])


def main() -> None:
    """Build the sandbox, in a process that is then thrown away; print what failed."""
    try:
        build(view())
    except SandboxError as error:
        print(error)
        sys.exit(1)
