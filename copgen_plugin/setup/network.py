"""How QGIS reaches the network: its proxy and its trusted authorities, as pip takes them; main thread only."""

from __future__ import annotations

from pathlib import Path
from typing import Dict, List

from qgis.core import QgsApplication, QgsNetworkAccessManager
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkProxy, QNetworkProxyFactory, QNetworkProxyQuery

SCHEMES = {QNetworkProxy.ProxyType.HttpProxy: "http", QNetworkProxy.ProxyType.Socks5Proxy: "socks5h"}
CERTIFICATES = "certificates.pem"


def network_settings(folder: Path, address: str) -> Dict[str, str]:
    """Return what an order says of the network.

    Args:
        folder: where a file of certificates may be written.
        address: what will be reached, for proxies that depend on it.
    """
    manager = QgsNetworkAccessManager.instance()
    proxy = manager.fallbackProxy()
    if proxy.type() == QNetworkProxy.ProxyType.DefaultProxy:
        proxies = QNetworkProxyFactory.systemProxyForQuery(QNetworkProxyQuery(QUrl(address)))
        proxy = next((entry for entry in proxies if entry.type() in SCHEMES), QNetworkProxy())
    told = {"proxy": proxy_address(proxy)}
    if told["proxy"]:
        told["no_proxy"] = ",".join(_hosts([*manager.excludeList(), *manager.noProxyList()]))
    told["certificates"] = write_certificates(folder)
    return {name: value for name, value in told.items() if value}


def proxy_address(proxy: QNetworkProxy) -> str:
    """Return a proxy as an address with name and password, empty where there is none."""
    scheme = SCHEMES.get(proxy.type(), "")
    if not scheme or not proxy.hostName():
        return ""
    url = QUrl()
    url.setScheme(scheme)
    url.setHost(proxy.hostName())
    if proxy.port():
        url.setPort(proxy.port())
    if proxy.user():
        url.setUserName(proxy.user())
        url.setPassword(proxy.password())
    return bytes(url.toEncoded()).decode("ascii")


def write_certificates(folder: Path) -> str:
    """Write the authorities that QGIS trusts, where the user has added some; else pip asks the system, as QGIS does.

    Returns:
        Path of the file, empty where none is needed.
    """
    manager = QgsApplication.authManager()
    if manager.isDisabled() or not (manager.databaseCAs() or manager.extraFileCAs()):
        return ""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / CERTIFICATES
    path.write_bytes(bytes(manager.trustedCaCertsPemText()))
    return str(path)


def _hosts(entries: List[str]) -> List[str]:
    """Return the hosts of what QGIS excludes, which may be addresses."""
    hosts = []
    for entry in entries:
        host = QUrl(entry).host() if "://" in entry else entry.strip("/")
        if host:
            hosts.append(host)
    return hosts
