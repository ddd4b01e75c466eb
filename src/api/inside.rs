//! The routes without a network, for another door of this program: who asks was decided by whoever opened it.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use actix_http::{BoxedPayloadStream, Request};
use actix_service::{Service, ServiceFactory, map_config};
use actix_web::body::{MessageBody, to_bytes_limited};
use actix_web::dev::{AppConfig, Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{CONTENT_TYPE, HeaderValue};
use actix_web::http::{Method, Uri};
use actix_web::middleware::{self, Next};
use actix_web::{App as Actix, Error, HttpMessage, web};
use futures_util::stream;
use serde_json::{Value, json};

use super::error::ApiError;
use super::way::Found;
use super::{Reader, State, routes};
use crate::app::App;
use crate::domain::{Clearance, Role};

/// The longest answer that is given inside, bytes.
const LONGEST: usize = 4 << 20;

/// What became of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The status, as over HTTP.
    pub status: u16,
    /// The answer, or what was wrong.
    pub body: Value,
}

type Answering = Pin<Box<dyn Future<Output = Told>>>;

/// The routes that read, as whoever stands behind this door may use them.
pub struct Inside(Box<dyn Fn(Request) -> Answering>);

impl Inside {
    /// Whoever asks here sees what this clearance lets see, and changes nothing.
    ///
    /// # Errors
    ///
    /// When the program is not whole: see [`State::of`].
    pub async fn of(app: &Arc<App>, actor: &str, clearance: Clearance) -> std::io::Result<Self> {
        let state = web::Data::new(State::of(app, false)?);
        let (role, organisation) = (Role::Viewer, None);
        let reader = Reader { actor: actor.to_owned(), role, clearance, organisation };
        let actix = Actix::new()
            .app_data(state)
            .wrap(middleware::from_fn(move |request, next| admit(reader.clone(), request, next)))
            .configure(routes);
        let service = map_config(actix, |()| AppConfig::default()).new_service(()).await;
        let service = service.map_err(|()| std::io::Error::other("the routes cannot be built"))?;
        Ok(Self(Box::new(move |request| {
            let answer = service.call(request);
            Box::pin(async move {
                match answer.await {
                    Ok(answer) => told(answer).await,
                    Err(fault) => nothing(fault.as_response_error().status_code().as_u16()),
                }
            })
        })))
    }

    /// Asks at an address, or posts a question there.
    pub async fn ask(&self, address: &str, posted: Option<&Value>) -> Told {
        let Ok(uri) = address.parse::<Uri>() else { return nothing(404) };
        let payload = posted.map_or(Payload::None, |json| {
            let bytes = web::Bytes::from(json.to_string());
            let payload: BoxedPayloadStream = Box::pin(stream::iter([Ok(bytes)]));
            Payload::Stream { payload }
        });
        let mut request = Request::with_payload(payload);
        let head = request.head_mut();
        head.uri = uri;
        if posted.is_some() {
            head.method = Method::POST;
            head.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        (self.0)(request).await
    }
}

/// Lets through what a reader may do, as the guard of the server does.
async fn admit(
    reader: Reader,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let state = request.app_data::<web::Data<State>>().ok_or(ApiError::Unauthorised)?;
    let found = state.ways.find(request.method(), request.match_info().as_str());
    let may = match found {
        Found::Needs(operation) => reader.needs(operation),
        _ => Err(ApiError::NoPath(request.path().to_owned())),
    };
    if let Err(fault) = may {
        return Ok(request.error_response(fault).map_into_right_body());
    }
    request.extensions_mut().insert(reader);
    Ok(next.call(request).await?.map_into_left_body())
}

async fn told(answer: ServiceResponse<impl MessageBody>) -> Told {
    let status = answer.status().as_u16();
    match to_bytes_limited(answer.into_body(), LONGEST).await {
        Ok(Ok(bytes)) => Told { status, body: serde_json::from_slice(&bytes).unwrap_or_default() },
        Ok(Err(_broke_off)) => nothing(500),
        Err(_too_long) => Told {
            status: 413,
            body: json!({ "title": "The answer is too long", "status": 413,
                "detail": format!("it is longer than {LONGEST} bytes; ask for less") }),
        },
    }
}

/// An answer that says no more than its status.
fn nothing(status: u16) -> Told {
    Told { status, body: json!({ "title": "There is no answer", "status": status }) }
}
