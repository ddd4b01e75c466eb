//! How long a request may take: its body by the rate at which it comes, its answer by the clock.

use std::cell::Cell;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, web};
use futures_util::Stream;
use tokio::time::sleep_until;

use crate::api::State;
use crate::api::error::ApiError;
use crate::api::upload::file_limit;
use crate::config;

/// How long a body may be slower than the slowest rate.
const GRACE: Duration = Duration::from_secs(10);

/// Cuts off what takes too long, counts and logs every request: never its body, query or token.
pub(super) async fn timed(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let Some(state) = request.app_data::<web::Data<State>>().cloned() else {
        return next.call(request).await;
    };
    let (method, begun) = (method_word(request.method()), Instant::now());
    let settings = &state.app.settings;
    let mut coming = Coming::new(&settings.server);
    if file_limit(settings, request.method(), request.path()).is_some() {
        coming.body = Duration::from_secs(settings.upload.timeout_seconds);
    }
    let coming = Rc::new(coming);
    watch(&mut request, &coming);
    // The request itself must not be kept here: the router wants it for itself.
    let answered = in_time(next.call(request), &coming).await;
    let answered =
        answered.unwrap_or_else(|| Err(ApiError::Timeout(begun.elapsed().as_secs()).into()));
    let (route, status) = match &answered {
        Ok(response) => (response.request().match_pattern(), response.status()),
        Err(fault) => (None, fault.as_response_error().status_code()),
    };
    let (route, status) = (route.unwrap_or_else(|| "none".to_owned()), status.as_u16());
    state.metrics.count(method, &route, status, begun.elapsed());
    let took_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::debug!(method, route, status, took_ms, "{method} {route} answered {status}");
    answered
}

/// What comes of it before the time is over, which moves on while the body comes.
async fn in_time<T>(answer: impl Future<Output = T>, coming: &Coming) -> Option<T> {
    let mut answer = pin!(answer);
    let mut alarm = pin!(sleep_until(coming.end().into()));
    poll_fn(|context| {
        if let Poll::Ready(answer) = answer.as_mut().poll(context) {
            return Poll::Ready(Some(answer));
        }
        let end = coming.end().into();
        if alarm.deadline() != end {
            alarm.as_mut().reset(end);
        }
        alarm.as_mut().poll(context).map(|()| None)
    })
    .await
}

/// A body on its way.
struct Coming {
    begun: Instant,
    request: Duration,
    body: Duration,
    slowest: u64,
    bytes: Cell<u64>,
    state: Cell<Body>,
}

#[derive(Clone, Copy)]
enum Body {
    /// There is none, or nobody has asked for it.
    Unread,
    /// It comes.
    Comes,
    /// It was whole then.
    Whole(Instant),
}

impl Coming {
    fn new(settings: &config::Server) -> Self {
        Self {
            begun: Instant::now(),
            request: Duration::from_secs(settings.request_timeout_seconds),
            body: Duration::from_secs(settings.body_timeout_seconds),
            slowest: settings.slowest_bytes_per_second,
            bytes: Cell::new(0),
            state: Cell::new(Body::Unread),
        }
    }

    /// When the request is cut off, by what is known now.
    fn end(&self) -> Instant {
        match self.state.get() {
            Body::Unread => self.begun + self.request,
            Body::Comes => {
                let earned = Duration::from_secs(self.bytes.get() / self.slowest);
                self.begun + (GRACE + earned).min(self.body)
            }
            Body::Whole(at) => at + self.request,
        }
    }
}

fn watch(request: &mut ServiceRequest, coming: &Rc<Coming>) {
    let body = request.take_payload();
    if matches!(body, Payload::None) {
        return;
    }
    let watched = Watched { body, coming: Rc::clone(coming) };
    request.set_payload(Payload::Stream { payload: Box::pin(watched) });
}

/// A body that tells how much of it has come.
struct Watched {
    body: Payload,
    coming: Rc<Coming>,
}

impl Stream for Watched {
    type Item = Result<web::Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let polled = Pin::new(&mut self.body).poll_next(context);
        let coming = &self.coming;
        match &polled {
            Poll::Ready(Some(Ok(piece))) => {
                coming.bytes.set(coming.bytes.get() + piece.len() as u64);
            }
            Poll::Ready(None | Some(Err(_))) => coming.state.set(Body::Whole(Instant::now())),
            Poll::Pending => {}
        }
        if polled.is_pending() || matches!(polled, Poll::Ready(Some(Ok(_)))) {
            coming.state.set(Body::Comes);
        }
        polled
    }
}

/// The method as it is counted and logged: any word may stand there, and a word may be a name.
fn method_word(method: &actix_web::http::Method) -> &'static str {
    const KNOWN: [&str; 7] = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];
    KNOWN.into_iter().find(|known| *known == method.as_str()).unwrap_or("other")
}
