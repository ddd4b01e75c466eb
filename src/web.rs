//! The pages inside the binary: how to get started, and the readable docs of the API.

use actix_web::{HttpResponse, web};
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::api::{read, resource};

const START: &str = include_str!("web/start.html");

/// `/` and `/docs`.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(resource("/", "GET, HEAD").route(read().to(start)))
        .service(web::redirect("/docs", "/docs/"))
        // The default validator is a server on the internet, which would be told where this one stands.
        .service(
            SwaggerUi::new("/docs/{_:.*}")
                .config(Config::from("/openapi.json").validator_url("none")),
        );
}

async fn start() -> HttpResponse {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(START)
}
