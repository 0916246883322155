//! Messages over standard input and output: bytes in, [`Message`]s out, and the other way round.
//!
//! Nothing that a client says of its bytes is trusted: memory grows with what came, not with what was announced, and what
//! is too long is passed over. Each frame that is no message is answered with the error of JSON-RPC that it is, and the
//! next one is read.

use crossbeam_channel::{Receiver, Sender, bounded};
use lsp_server::{Connection, ErrorCode, Message, Notification, RequestId};
use lsp_types::notification::{self, Notification as _};
use serde_json::{Value, json};
use std::io::{self, BufRead, Read as _, Write};
use std::thread::JoinHandle;

/// A message holds at most so many bytes. A draft of that size, with all its escapes, is read in seconds.
const MESSAGE: u64 = 64 * 1024 * 1024;
/// The head of a message holds at most so many.
const HEAD: u64 = 4096;

/// A client over standard input and output, and the thread that writes, which ends when nobody sends any more.
pub(super) fn stdio() -> io::Result<(Connection, JoinHandle<()>)> {
    let (sender, written) = bounded::<Message>(0);
    let (read, receiver) = bounded::<Message>(0);
    let writer = std::thread::Builder::new().name("write".to_owned()).spawn(move || write(&written))?;
    // It waits for input as long as there may be any, so nobody waits for it.
    std::thread::Builder::new().name("read".to_owned()).spawn(move || listen(&read))?;
    Ok((Connection { sender, receiver }, writer))
}

fn write(messages: &Receiver<Message>) {
    for message in messages {
        if message.write(&mut io::stdout().lock()).is_err() {
            return;
        }
    }
}

/// Reads until the client says `exit`, ends, or nobody listens.
fn listen(messages: &Sender<Message>) {
    let mut input = io::stdin().lock();
    while let Ok(Some(frame)) = frame(&mut input) {
        match frame.and_then(|bytes| message(&bytes)) {
            Ok(message) => {
                let is_exit = matches!(&message, Message::Notification(note) if is_exit(note));
                if messages.send(message).is_err() || is_exit {
                    return;
                }
            }
            Err(refused) => {
                if refused.answer(&mut io::stdout().lock()).is_err() {
                    return;
                }
            }
        }
    }
}

/// Whether a client says that it goes.
pub(super) fn is_exit(note: &Notification) -> bool {
    note.method == notification::Exit::METHOD
}

/// Why a frame holds no message, and the id of the request that it might have been.
#[derive(Debug)]
struct Refused(ErrorCode, &'static str, Value);

impl Refused {
    /// Answers; by hand, since in `lsp-server` an id is never null.
    fn answer(&self, out: &mut impl Write) -> io::Result<()> {
        let error = json!({ "code": self.0 as i32, "message": self.1 });
        let text = json!({ "jsonrpc": "2.0", "id": self.2, "error": error }).to_string();
        write!(out, "Content-Length: {}\r\n\r\n{text}", text.len())?;
        out.flush()
    }
}

/// The bytes of the next frame, or why there are none; nothing at the end of the input.
fn frame(input: &mut impl BufRead) -> io::Result<Option<Result<Vec<u8>, Refused>>> {
    let refused = |code, why| Ok(Some(Err(Refused(code, why, Value::Null))));
    let Some(length) = head(input)? else { return Ok(None) };
    let Some(length) = length else { return refused(ErrorCode::ParseError, "a message begins with `Content-Length`") };
    let mut body = input.take(length);
    if length > MESSAGE {
        io::copy(&mut body, &mut io::sink())?;
        return refused(ErrorCode::InvalidRequest, "this message is too long; 64 MiB are read");
    }
    let mut bytes = Vec::new();
    body.read_to_end(&mut bytes)?;
    // The client went away in the middle of it.
    Ok((bytes.len() as u64 == length).then_some(Ok(bytes)))
}

/// The length that the head of a frame announces, if it does; nothing at the end of the input.
fn head(input: &mut impl BufRead) -> io::Result<Option<Option<u64>>> {
    let mut length = None;
    let mut head = input.take(HEAD);
    loop {
        let mut line = Vec::new();
        if head.read_until(b'\n', &mut line)? == 0 {
            return match head.limit() {
                0 => Err(io::Error::new(io::ErrorKind::InvalidData, "the head of a message has no end")),
                _ => Ok(None),
            };
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            return Ok(Some(length));
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("Content-Length")
        {
            length = value.trim().parse().ok();
        }
    }
}

/// The message in a frame.
fn message(bytes: &[u8]) -> Result<Message, Refused> {
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|_| Refused(ErrorCode::ParseError, "this is no JSON in UTF-8", Value::Null))?;
    let id = value.get("id").cloned().unwrap_or_default();
    let asks = value.get("method").is_some() && value.get("id").is_some();
    let is_id = serde_json::from_value::<RequestId>(id.clone()).is_ok();
    let refused = Refused(
        ErrorCode::InvalidRequest,
        "a request is an object with `method` and an `id` of 32 bits or a text; there are no batches here",
        if is_id { id } else { Value::Null },
    );
    if asks && !is_id {
        // Without its id it would pass for a notification.
        return Err(refused);
    }
    serde_json::from_value(value).map_err(|_| refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read of an input: methods, and codes of refusals.
    fn read(mut input: &[u8]) -> Vec<String> {
        let mut all = Vec::new();
        while let Ok(Some(frame)) = frame(&mut input) {
            all.push(match frame.and_then(|bytes| message(&bytes)) {
                Ok(Message::Request(request)) => request.method,
                Ok(Message::Notification(note)) => note.method,
                Ok(Message::Response(_)) => "response".to_owned(),
                Err(refused) => (refused.0 as i32).to_string(),
            });
        }
        all
    }

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    #[test]
    fn what_is_no_message_is_refused_and_the_next_one_is_read() {
        let good = framed(r#"{"jsonrpc":"2.0","id":1,"method":"good"}"#);
        for (bad, code) in [
            (framed("{"), "-32700"),
            (framed("[]"), "-32600"),
            (framed("7"), "-32600"),
            (framed(r#"[{"jsonrpc":"2.0","id":1,"method":"a"}]"#), "-32600"),
            (framed(r#"{"jsonrpc":"2.0","id":{},"method":"a"}"#), "-32600"),
            (framed(r#"{"jsonrpc":"2.0","id":99999999999,"method":"a"}"#), "-32600"),
            (framed(r#"{"jsonrpc":"2.0","id":1,"method":7}"#), "-32600"),
            ("Content-Type: text\r\n\r\n".to_owned(), "-32700"),
            ("Content-Length: -1\r\n\r\n".to_owned(), "-32700"),
            ("Content-Length: 99999999999999999999999999\r\n\r\n".to_owned(), "-32700"),
        ] {
            assert_eq!(read(format!("{bad}{good}").as_bytes()), [code, "good"], "{bad}");
        }
        assert_eq!(read(&[b"content-length:2\r\n\r\n\xff\xff", good.as_bytes()].concat()), ["-32700", "good"]);
    }

    #[test]
    fn what_is_announced_and_does_not_come_is_not_waited_for_in_memory() {
        assert_eq!(read(b"Content-Length: 60000000\r\n\r\n{}"), [""; 0]);
        assert_eq!(read(b"Content-Length: 18446744073709551615\r\n\r\n{}"), ["-32600"]);
        assert_eq!(read(&vec![b'x'; 100_000]), [""; 0]);
        let long = format!("{}{}", "Content-Length: 67108865\r\n\r\n", " ".repeat(67_108_865));
        assert_eq!(read(format!("{long}{}", framed(r#"{"method":"on"}"#)).as_bytes()), ["-32600", "on"]);
    }
}
