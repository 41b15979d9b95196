"""Why a set-up stops: one word for the plugin, which says it in the user's language, and one sentence for logs."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from model_runtime.contract import CopGenError

PATTERNS = (
    ("disk", r"No space left on device|not enough space on the disk|\[Errno 28\]|WinError 112|Disk quota exceeded"),
    ("proxy", r"ProxyError|Tunnel connection failed|Proxy Authentication Required|Missing dependencies for SOCKS"),
    ("certificate", r"CERTIFICATE_VERIFY_FAILED|SSLCertVerificationError|certificate verify failed|SSLError"),
    ("insecure", r"is not a trusted or secure host"),
    ("content", r"DO NOT MATCH THE HASHES|invalid wheel|BadZipFile|has an invalid|\.whl is invalid"),
    ("refused", r"\b40[13] Client Error|User for .*:\s*$"),
    ("permission", r"Permission denied|Access is denied|\[Errno 13\]|WinError 5\b|Read-only file system"),
    (
        "network",
        r"NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|Read timed out|Connection refused"
        r"|Connection reset|Network is unreachable|getaddrinfo failed|name resolution|RemoteDisconnected"
        r"|IncompleteRead|IncompleteDownload|Incomplete download|\b50\d Server Error",
    ),
    ("wheel", r"No matching distribution found|Could not find a version that satisfies|ResolutionImpossible"),
)
"""What pip and the system write, in the order in which it is looked for: a missing wheel is often a missing network."""
SENTENCES = {
    "disk": "the disk is full",
    "proxy": "the proxy does not let it through",
    "certificate": "the certificate of the package index is not trusted",
    "insecure": "the package index has an address without https",
    "content": "what was fetched is not what the index promised",
    "refused": "the package index refuses access",
    "permission": "the folder cannot be written",
    "network": "the package index cannot be reached",
    "wheel": "a package is not there for this Python",
    "pip": "pip failed",
}
NAMED = {"network": r"host='([^']+)'", "wheel": r"No matching distribution found for ([^\s(]+)"}
"""What the sentence for the user names where that is not pip's last words: a host, a package."""
STATUS = {"disk": 5, "foreign": 3, "python": 3, "cancelled": 130}
"""Exit status where it is not 1, as on the command line."""


class SetupError(CopGenError):
    """A set-up that stops.

    Args:
        reason: a word that the plugin knows.
        message: for logs, in English.
        detail: what the sentence for the user names: a folder, a package.
    """

    def __init__(self, reason: str, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.reason = reason
        self.detail = detail
        self.status = STATUS.get(reason, 1)


def read_failure(step: str, output: str, proxy: str = "") -> SetupError:
    """Return the reason for which a program failed, as far as its words tell.

    Args:
        step: in which it ran.
        output: what it wrote.
        proxy: address of the proxy it was to use.
    """
    reason = next((name for name, pattern in PATTERNS if re.search(pattern, output, re.MULTILINE)), "pip")
    address = urlsplit(proxy)
    if reason == "network" and proxy and f"host='{address.hostname}', port={address.port}" in output:
        reason = "proxy"
    errors = [line for line in output.splitlines() if line.lower().startswith(("error", "oserror"))]
    told = " ".join((errors or output.strip().splitlines() or [""])[-1].split())[:300]
    named = re.findall(NAMED[reason], output) if reason in NAMED else [told]
    return SetupError(reason, f"{step}: {SENTENCES[reason]} ({told})", named[-1] if named else "")
