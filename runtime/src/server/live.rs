//! `GET /ws?workbook=ID`: the live channel of one tab.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::time::{MissedTickBehavior, interval};

use super::app::Shared;
use super::error::ApiError;
use crate::protocol::live::{ClientMessage, ServerMessage};
use crate::session::slot::{Slot, state_message, text};

/// Keeps connections open through proxies, and finds those that are gone.
const PING: Duration = Duration::from_secs(20);

/// Bytes of the largest message a page may send.
const LARGEST: usize = 64 << 10;

/// Query of the address.
#[derive(Debug, Deserialize)]
pub struct Channel {
    workbook: String,
}

/// Opens the channel. The origin was checked by [`guard`](super::guard).
///
/// # Errors
/// When there is no such workbook.
pub async fn live(
    State(app): State<Shared>,
    Query(channel): Query<Channel>,
    upgrade: WebSocketUpgrade,
) -> Result<Response, ApiError> {
    let slot = app.slot(&channel.workbook)?;
    Ok(upgrade
        .max_message_size(LARGEST)
        .on_upgrade(move |socket| async move {
            // Listening starts before the greeting, so that nothing falls between them.
            let messages = slot.live();
            let tab = Tab { app, slot, socket };
            tab.run(messages).await;
        }))
}

struct Tab {
    app: Shared,
    slot: Arc<Slot>,
    socket: WebSocket,
}

impl Tab {
    /// Talks until either side is gone.
    async fn run(mut self, mut messages: Receiver<Arc<str>>) {
        if self.greet().await.is_err() {
            return;
        }
        let mut ping = interval(PING);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        ping.tick().await;
        loop {
            let sent = tokio::select! {
                message = messages.recv() => match message {
                    Ok(message) => self.send(&message).await,
                    Err(RecvError::Lagged(_)) => self.catch_up().await,
                    Err(RecvError::Closed) => return,
                },
                received = self.socket.recv() => match received {
                    Some(Ok(Message::Text(message))) => self.heard(message.as_str()).await,
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                    Some(Ok(_)) => Ok(()),
                },
                _ = ping.tick() => self.socket.send(Message::Ping(axum::body::Bytes::new())).await,
            };
            if sent.is_err() {
                return;
            }
        }
    }

    async fn greet(&mut self) -> Result<(), axum::Error> {
        let current = self.slot.current();
        let (rev, hash) = match &current.revision {
            Some(revision) => (revision.rev, revision.view.hash.clone()),
            None => (0, String::new()),
        };
        let assets = self.app.assets_hash();
        self.send(&text(&ServerMessage::Hello { rev, hash, assets }))
            .await?;
        if current.failed {
            self.send(&text(&state_message(&current))).await?;
        }
        Ok(())
    }

    async fn heard(&mut self, message: &str) -> Result<(), axum::Error> {
        match serde_json::from_str(message) {
            Ok(ClientMessage::Catchup { .. }) => self.catch_up().await,
            // Told for whoever watches the messages; and a page of another version may say what this server does not know.
            Ok(ClientMessage::Painted { .. }) | Err(_) => Ok(()),
        }
    }

    /// Gives the whole state again: the plan, the errors after it, and that data may have changed.
    async fn catch_up(&mut self) -> Result<(), axum::Error> {
        let current = self.slot.current();
        if let Some(revision) = &current.revision {
            let plan = Arc::clone(&revision.view);
            let diagnostics = if current.failed {
                Vec::new()
            } else {
                current.findings.clone()
            };
            self.send(&text(&ServerMessage::Plan { plan, diagnostics }))
                .await?;
        }
        if current.failed {
            self.send(&text(&state_message(&current))).await?;
        }
        self.send(&text(&ServerMessage::Stale { els: Vec::new() }))
            .await
    }

    async fn send(&mut self, message: &str) -> Result<(), axum::Error> {
        self.socket
            .send(Message::Text(Utf8Bytes::from(message)))
            .await
    }
}
