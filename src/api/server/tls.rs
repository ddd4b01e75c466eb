//! TLS: certificates out of files, taken up again when the files change, while connections run on.

use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock, Weak};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use rustls::client::verify_server_cert_signed_by_trust_anchor;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, CertificateRevocationListDer, PrivateKeyDer, UnixTime};
use rustls::server::danger::ClientCertVerifier;
use rustls::server::{ParsedCertificate, WebPkiClientVerifier};
use rustls::{CertificateError, RootCertStore, ServerConfig, version};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::line::Socket;
use crate::config;

/// How often the files are looked at.
const LOOK: Duration = Duration::from_secs(2);

/// What new connections are greeted with.
pub(super) struct Tls {
    files: Files,
    current: RwLock<Arc<ServerConfig>>,
}

impl Tls {
    /// As set; `None` where HTTP is plain. The files are watched from now on.
    pub(super) fn of_settings(settings: &config::Server) -> io::Result<Option<Arc<Self>>> {
        if settings.tls_certificate.is_empty() {
            return Ok(None);
        }
        let files = Files::of_settings(settings);
        let seen = files.state();
        let tls = Arc::new(Self { current: RwLock::new(files.load()?), files });
        actix_web::rt::spawn(watch(Arc::downgrade(&tls), seen));
        Ok(Some(tls))
    }

    /// Greets a client with what the files say now.
    pub(super) async fn accept(&self, socket: Socket) -> io::Result<TlsStream<Socket>> {
        let current = Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner));
        TlsAcceptor::from(current).accept(socket).await
    }

    fn reload(&self) {
        match self.files.load() {
            Ok(fresh) => {
                *self.current.write().unwrap_or_else(PoisonError::into_inner) = fresh;
                tracing::info!("New certificates are in use");
            }
            Err(fault) => {
                tracing::error!("The new certificates do not hold, the old ones stay: {fault}");
            }
        }
    }
}

/// Looks at the files as long as the server runs. Each state of them is tried once.
async fn watch(tls: Weak<Tls>, mut seen: State) {
    loop {
        tokio::time::sleep(LOOK).await;
        let Some(tls) = tls.upgrade() else { return };
        let now = tls.files.state();
        if now != seen {
            tls.reload();
            seen = now;
        }
    }
}

/// Which file each is, when it was last changed, and how long it is.
type State = Vec<Option<(u64, SystemTime, u64)>>;

struct Files {
    certificate: PathBuf,
    key: PathBuf,
    client_ca: Option<PathBuf>,
    client_crl: Option<PathBuf>,
}

impl Files {
    fn of_settings(settings: &config::Server) -> Self {
        let given = |path: &str| (!path.is_empty()).then(|| PathBuf::from(path));
        Self {
            certificate: PathBuf::from(&settings.tls_certificate),
            key: PathBuf::from(&settings.tls_key),
            client_ca: given(&settings.tls_client_ca),
            client_crl: given(&settings.tls_client_crl),
        }
    }

    fn state(&self) -> State {
        let of = |path: &PathBuf| {
            let file = std::fs::metadata(path).ok()?;
            Some((file.ino(), file.modified().ok()?, file.len()))
        };
        let files = [Some(&self.certificate), Some(&self.key)];
        let files = files.into_iter().chain([self.client_ca.as_ref(), self.client_crl.as_ref()]);
        files.flatten().map(of).collect()
    }

    fn load(&self) -> io::Result<Arc<ServerConfig>> {
        let chain = all::<CertificateDer<'static>>("tls_certificate", &self.certificate)?;
        let key = PrivateKeyDer::from_pem_file(&self.key)
            .map_err(|fault| said("tls_key", &self.key, &fault))?;
        let provider = Arc::new(ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&version::TLS13, &version::TLS12])
            .map_err(io::Error::other)?;
        let config = match &self.client_ca {
            None => config.with_no_client_auth(),
            Some(authorities) => config.with_client_cert_verifier(self.verifier(authorities)?),
        };
        let mut config = config.with_single_cert(chain, key).map_err(|fault| {
            io::Error::other(format!("tls_certificate and tls_key do not serve together: {fault}"))
        })?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }

    /// Clients must show a certificate of these authorities that has not expired and was not revoked.
    fn verifier(&self, authorities: &Path) -> io::Result<Arc<dyn ClientCertVerifier>> {
        let wrong = |fault: &dyn std::fmt::Display| said("tls_client_ca", authorities, fault);
        let mut roots = RootCertStore::empty();
        for root in all::<CertificateDer<'static>>("tls_client_ca", authorities)? {
            roots.add(root).map_err(|fault| wrong(&fault))?;
        }
        let mut revoked = Vec::new();
        if let Some(list) = &self.client_crl {
            revoked = all::<CertificateRevocationListDer<'static>>("tls_client_crl", list)?;
        }
        let provider = Arc::new(ring::default_provider());
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
        let verifier: Arc<dyn ClientCertVerifier> =
            verifier.with_crls(revoked).build().map_err(|fault| wrong(&fault))?;
        Ok(verifier)
    }
}

/// When the certificate that the settings name expires; `None` where HTTP is plain.
///
/// # Errors
///
/// A sentence: a file cannot be read, or certificate and key do not serve together.
pub(super) fn expiry(settings: &config::Server) -> io::Result<Option<DateTime<Utc>>> {
    if settings.tls_certificate.is_empty() {
        return Ok(None);
    }
    let files = Files::of_settings(settings);
    files.load()?;
    let chain = all::<CertificateDer<'static>>("tls_certificate", &files.certificate)?;
    let wrong = |fault: &dyn std::fmt::Display| said("tls_certificate", &files.certificate, fault);
    let own = chain.first().ok_or_else(|| wrong(&"there is none in the file"))?;
    not_after(own).map(Some).ok_or_else(|| wrong(&"it does not say until when it holds"))
}

/// Until when a certificate holds: rustls tells it of one that it finds expired, and at the end of the calendar all are.
fn not_after(certificate: &CertificateDer<'_>) -> Option<DateTime<Utc>> {
    /// The year 10000.
    const END: UnixTime = UnixTime::since_unix_epoch(Duration::from_hours(70_389_528));
    let parsed = ParsedCertificate::try_from(certificate).ok()?;
    let provider = ring::default_provider();
    let known = provider.signature_verification_algorithms.all;
    let nobody = RootCertStore::empty();
    match verify_server_cert_signed_by_trust_anchor(&parsed, &nobody, &[], END, known) {
        Err(rustls::Error::InvalidCertificate(CertificateError::ExpiredContext {
            not_after,
            ..
        })) => DateTime::from_timestamp(i64::try_from(not_after.as_secs()).ok()?, 0),
        _ => None,
    }
}

/// All things of a kind in a file, at least one.
fn all<T: PemObject>(setting: &str, path: &Path) -> io::Result<Vec<T>> {
    let found: Result<Vec<T>, _> = T::pem_file_iter(path).and_then(Iterator::collect);
    let found = found.map_err(|fault| said(setting, path, &fault))?;
    if found.is_empty() {
        Err(said(setting, path, &"there is none in the file"))
    } else {
        Ok(found)
    }
}

fn said(setting: &str, path: &Path, fault: &dyn std::fmt::Display) -> io::Error {
    io::Error::other(format!("{setting} {}: {fault}", path.display()))
}
