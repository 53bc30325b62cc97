//! The socket.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use axum::Router;
use axum::serve::ListenerExt;
use tokio::net::{TcpListener, TcpStream};

/// Port unless said.
pub const PORT: u16 = 4600;

/// Time that running requests have after the signal to stop.
const GRACE: Duration = Duration::from_secs(2);

/// Why the server cannot listen.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// Not an address.
    #[error("`{0}` is not an address; write one like `127.0.0.1:4600`")]
    Address(String),
    /// Not this machine alone.
    #[error(
        "`{0}` is reachable from other machines, and Bookwright has no sign-in yet: anyone could read and edit the \
         data. Bind to 127.0.0.1 and put a proxy with authentication in front of it"
    )]
    Open(SocketAddr),
    /// The port is taken.
    #[error("port {0} is taken by another program; choose one with `--port`")]
    Taken(u16),
    /// Anything else.
    #[error("cannot listen on {address}")]
    Bind {
        /// The address.
        address: SocketAddr,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

/// The address of `--bind` and `--port`: an address with or without port, on this machine only.
///
/// # Errors
/// When the text is no address, or names one that other machines reach.
pub fn address(bind: Option<&str>, port: Option<u16>) -> Result<SocketAddr, ListenError> {
    let text = bind.unwrap_or("127.0.0.1");
    let text = text
        .strip_prefix("localhost")
        .map_or(text.to_owned(), |rest| format!("127.0.0.1{rest}"));
    let bare = text
        .strip_prefix('[')
        .and_then(|inner| inner.strip_suffix(']'))
        .unwrap_or(&text);
    let mut address = match (text.parse::<SocketAddr>(), bare.parse::<IpAddr>()) {
        (Ok(address), _) => address,
        (Err(_), Ok(ip)) => SocketAddr::new(ip, PORT),
        (Err(_), Err(_)) => match text.strip_prefix(':').and_then(|port| port.parse().ok()) {
            Some(port) => SocketAddr::new(Ipv4Addr::LOCALHOST.into(), port),
            None => return Err(ListenError::Address(text)),
        },
    };
    if let Some(port) = port {
        address.set_port(port);
    }
    if address.ip().is_loopback() {
        Ok(address)
    } else {
        Err(ListenError::Open(address))
    }
}

/// Takes the port.
///
/// # Errors
/// When it cannot be had.
pub async fn bind(address: SocketAddr) -> Result<TcpListener, ListenError> {
    TcpListener::bind(address)
        .await
        .map_err(|source| match source.kind() {
            std::io::ErrorKind::AddrInUse => ListenError::Taken(address.port()),
            _ => ListenError::Bind { address, source },
        })
}

/// Serves until the process is told to stop. Small writes leave at once.
///
/// # Errors
/// When the listener fails.
pub async fn serve(listener: TcpListener, router: Router) -> std::io::Result<()> {
    let listener = listener.tap_io(|stream: &mut TcpStream| {
        // Only a socket that is closed already refuses; the next read tells.
        drop(stream.set_nodelay(true));
    });
    let (stopping, stopped) = tokio::sync::watch::channel(false);
    let signal = async move {
        stop_signal().await;
        stopping.send_replace(true);
    };
    let grace = async move {
        let mut stopped = stopped;
        drop(stopped.wait_for(|stopped| *stopped).await);
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        served = axum::serve(listener, router).with_graceful_shutdown(signal) => served,
        () = grace => Ok(()),
    }
}

async fn stop_signal() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                tokio::select! {
                    () = interrupt => {}
                    _ = terminate.recv() => {}
                }
            }
            Err(_) => interrupt.await,
        }
    }
    #[cfg(not(unix))]
    interrupt.await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_a_default_port_and_stay_on_this_machine() {
        let cases = [
            (None, None, "127.0.0.1:4600"),
            (None, Some(0), "127.0.0.1:0"),
            (Some("127.0.0.1:80"), None, "127.0.0.1:80"),
            (Some("localhost:80"), Some(81), "127.0.0.1:81"),
            (Some("localhost"), None, "127.0.0.1:4600"),
            (Some("::1"), None, "[::1]:4600"),
            (Some("[::1]:9"), None, "[::1]:9"),
            (Some(":9"), None, "127.0.0.1:9"),
        ];
        for (bind, port, expected) in cases {
            assert_eq!(address(bind, port).unwrap().to_string(), expected);
        }
        for bind in ["0.0.0.0", "0.0.0.0:80", "192.168.1.2:80", "[::]:80"] {
            let error = address(Some(bind), None).unwrap_err().to_string();
            assert!(error.contains("no sign-in yet"), "{error}");
        }
        assert!(matches!(
            address(Some("nonsense"), None),
            Err(ListenError::Address(_))
        ));
    }
}
