//! TLS: only what is new enough and has the right certificate comes in; new certificates push nobody out.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, CertifiedIssuer, DnType,
    ExtendedKeyUsagePurpose, IsCa, KeyIdMethod, KeyPair, KeyUsagePurpose, RevokedCertParams,
    SerialNumber, date_time_ymd,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned, version};

use crate::program::{PATIENCE, Program, Reply, ask, command};
use crate::result::record;

const HEALTHY: &str = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// An authority of the test's own.
struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A certificate and its key.
#[derive(Clone)]
struct Pass {
    certificate: String,
    key: String,
    der: CertificateDer<'static>,
}

impl Authority {
    fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    /// A certificate with a number, that holds to the end of a year.
    fn pass(&self, usage: ExtendedKeyUsagePurpose, number: u64, year: i32) -> Pass {
        let mut params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        params.serial_number = Some(SerialNumber::from(number));
        params.extended_key_usages = vec![usage];
        params.not_after = date_time_ymd(year, 12, 31);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap();
        let der = certificate.der().clone();
        Pass { certificate: certificate.pem(), key: key.serialize_pem(), der }
    }

    fn server(&self, number: u64) -> Pass {
        self.pass(ExtendedKeyUsagePurpose::ServerAuth, number, 2100)
    }

    fn client(&self, number: u64) -> Pass {
        self.pass(ExtendedKeyUsagePurpose::ClientAuth, number, 2100)
    }

    fn revoking(&self, numbers: &[u64]) -> String {
        let revoked = |number: &u64| RevokedCertParams {
            serial_number: SerialNumber::from(*number),
            revocation_time: date_time_ymd(2020, 1, 1),
            reason_code: None,
            invalidity_date: None,
        };
        let list = CertificateRevocationListParams {
            this_update: date_time_ymd(2020, 1, 1),
            next_update: date_time_ymd(2100, 1, 1),
            crl_number: SerialNumber::from(1),
            issuing_distribution_point: None,
            revoked_certs: numbers.iter().map(revoked).collect(),
            key_identifier_method: KeyIdMethod::Sha256,
        };
        list.signed_by(&self.0).unwrap().pem().unwrap()
    }

    /// Trusts servers of this authority, and shows this certificate.
    fn trusting(
        &self,
        shown: Option<&Pass>,
        versions: &[&'static rustls::SupportedProtocolVersion],
    ) -> Arc<ClientConfig> {
        let mut roots = RootCertStore::empty();
        roots.add(self.0.der().clone()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(versions)
            .unwrap()
            .with_root_certificates(roots);
        Arc::new(match shown {
            None => config.with_no_client_auth(),
            Some(pass) => {
                let key: PrivateKeyDer =
                    rustls::pki_types::pem::PemObject::from_pem_slice(pass.key.as_bytes()).unwrap();
                config.with_client_auth_cert(vec![pass.der.clone()], key).unwrap()
            }
        })
    }
}

type Secure = StreamOwned<ClientConnection, TcpStream>;

fn secure(program: &Program, config: &Arc<ClientConfig>) -> Secure {
    let name = ServerName::try_from("localhost").unwrap();
    let client = ClientConnection::new(Arc::clone(config), name).unwrap();
    StreamOwned::new(client, program.connect())
}

fn healthy(program: &Program, config: &Arc<ClientConfig>) -> std::io::Result<Reply> {
    ask(&mut secure(program, config), HEALTHY)
}

/// Puts a file in place of another, whole.
fn put(folder: &Path, name: &str, text: &str) {
    let beside = folder.join(format!("{name}.new"));
    std::fs::write(&beside, text).unwrap();
    std::fs::rename(beside, folder.join(name)).unwrap();
}

/// A server with this certificate that asks its clients for one where an authority is given.
fn serve(pass: &Pass, clients: Option<(&Authority, &[u64])>) -> Program {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().to_owned();
    put(&folder, "cert.pem", &pass.certificate);
    put(&folder, "key.pem", &pass.key);
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (certificate, key, ca, crl) =
        (path("cert.pem"), path("key.pem"), path("ca.pem"), path("crl.pem"));
    let mut settings = vec![
        ("tls_certificate", certificate.as_str()),
        ("tls_key", &key),
        ("requests_per_address", "100000"),
    ];
    if let Some((authority, revoked)) = clients {
        put(&folder, "ca.pem", &authority.0.pem());
        put(&folder, "crl.pem", &authority.revoking(revoked));
        settings.extend([("tls_client_ca", ca.as_str()), ("tls_client_crl", &crl)]);
    }
    Program::of(command(&folder, &settings), home).expect("it starts")
}

const BOTH: [&rustls::SupportedProtocolVersion; 2] = [&version::TLS13, &version::TLS12];

#[test]
fn over_tls_both_versions_work_and_browsers_are_told_to_stay_with_it() {
    let authority = Authority::new("A");
    let program = serve(&authority.server(1), None);
    for only in BOTH {
        let reply = healthy(&program, &authority.trusting(None, &[only])).unwrap();
        assert_eq!(reply.status, 200, "{only:?}");
        assert_eq!(reply.header("strict-transport-security"), "max-age=31536000");
    }
    let other = Authority::new("B");
    assert!(
        healthy(&program, &other.trusting(None, &BOTH)).is_err(),
        "a client can tell a forgery"
    );
}

#[test]
fn plain_http_and_tls_1_1_are_refused() {
    let authority = Authority::new("A");
    let program = serve(&authority.server(1), None);
    let mut plain = program.connect();
    let answer = ask(&mut plain, HEALTHY);
    assert!(answer.is_err(), "{answer:?}");
    let mut old = program.connect();
    old.write_all(&hello_of_1_1()).unwrap();
    let mut answer = Vec::new();
    old.read_to_end(&mut answer).unwrap();
    // An alert (21) that is fatal (2), and nothing else: no handshake was begun.
    assert_eq!((answer[0], answer[5], answer.len()), (21, 2, 7), "{answer:?}");
}

#[test]
fn who_connects_and_does_not_greet_is_cut() {
    let authority = Authority::new("A");
    let program = serve(&authority.server(1), None);
    let mut silent = program.connect();
    assert_eq!(silent.read(&mut [0]).expect("it is closed within the patience of the test"), 0);
}

/// The greeting of a client that knows nothing newer than TLS 1.1.
fn hello_of_1_1() -> Vec<u8> {
    let mut hello = vec![3, 2];
    hello.extend([7; 32]);
    hello.push(0);
    hello.extend([0, 4, 0xC0, 0x13, 0, 0x2F]);
    hello.extend([1, 0]);
    // Groups, point formats: as clients of that age sent them.
    let extensions = [0, 10, 0, 4, 0, 2, 0, 23, 0, 11, 0, 2, 1, 0];
    hello.extend([0, 14]);
    hello.extend(extensions);
    let length = u8::try_from(hello.len()).unwrap();
    let mut record = vec![22, 3, 1, 0, length + 4, 1, 0, 0, length];
    record.extend(hello);
    record
}

#[test]
fn where_clients_need_a_certificate_none_wrong_expired_and_revoked_ones_are_refused() {
    const REVOKED: u64 = 13;
    let (authority, other) = (Authority::new("A"), Authority::new("B"));
    let program = serve(&authority.server(1), Some((&authority, &[REVOKED])));
    let good = authority.client(12);
    let expired = authority.pass(ExtendedKeyUsagePurpose::ClientAuth, 14, 2020);
    let cases = [
        ("none", None),
        ("of another authority", Some(other.client(12))),
        ("expired", Some(expired)),
        ("revoked", Some(authority.client(REVOKED))),
        ("of a server", Some(authority.server(15))),
    ];
    for only in BOTH {
        let served = healthy(&program, &authority.trusting(Some(&good), &[only])).unwrap();
        assert_eq!(served.status, 200);
        for (case, shown) in &cases {
            let refused = healthy(&program, &authority.trusting(shown.as_ref(), &[only]));
            assert!(refused.is_err(), "{case}, {only:?}: {refused:?}");
        }
    }
    let told = format!("{} wrong client certificates refused over TLS 1.2 and 1.3", cases.len());
    record("G32", &told, true);
}

#[test]
fn a_certificate_that_is_revoked_while_the_server_runs_is_refused_within_seconds() {
    let authority = Authority::new("A");
    let program = serve(&authority.server(1), Some((&authority, &[])));
    let config = authority.trusting(Some(&authority.client(12)), &BOTH);
    assert_eq!(healthy(&program, &config).unwrap().status, 200);
    put(program.home.path(), "crl.pem", &authority.revoking(&[12]));
    let begun = Instant::now();
    while healthy(&program, &config).is_ok() {
        assert!(begun.elapsed() < PATIENCE, "it is refused");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// The certificate that a new client is shown.
fn shown(program: &Program, config: &Arc<ClientConfig>) -> CertificateDer<'static> {
    let mut line = secure(program, config);
    ask(&mut line, HEALTHY).unwrap();
    line.conn.peer_certificates().unwrap()[0].clone().into_owned()
}

#[test]
fn a_new_certificate_is_taken_up_without_one_request_lost_and_a_broken_one_is_not() {
    let authority = Authority::new("A");
    let (old, new) = (authority.server(1), authority.server(2));
    let program = serve(&old, None);
    let config = authority.trusting(None, &BOTH);
    assert_eq!(shown(&program, &config), old.der);
    let (stop, answered) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        let (stop, answered, program, config) = (&stop, &answered, &program, &config);
        for kept in [true, true, false, false] {
            scope.spawn(move || {
                let mut line = secure(program, config);
                while !stop.load(Ordering::Relaxed) {
                    assert_eq!(ask(&mut line, HEALTHY).expect("no request is lost").status, 200);
                    answered.fetch_add(1, Ordering::Relaxed);
                    if !kept {
                        line = secure(program, config);
                    }
                    std::thread::sleep(Duration::from_millis(5));
                }
            });
        }
        // Certificate and key arrive one after the other; in between they do not serve together.
        put(program.home.path(), "cert.pem", &new.certificate);
        std::thread::sleep(Duration::from_millis(2_500));
        put(program.home.path(), "key.pem", &new.key);
        let begun = Instant::now();
        while shown(program, config) != new.der {
            assert!(begun.elapsed() < PATIENCE, "it is taken up");
            std::thread::sleep(Duration::from_millis(100));
        }
        put(program.home.path(), "cert.pem", "no certificate");
        std::thread::sleep(Duration::from_secs(5));
        assert_eq!(shown(program, config), new.der, "the old one stays");
        stop.store(true, Ordering::Relaxed);
    });
    assert!(answered.load(Ordering::Relaxed) > 100);
    let log = program.log();
    let complaints = log.matches("The new certificates do not hold").count();
    assert_eq!(complaints, 2, "one for each state that does not hold: {log}");
    let answered = answered.load(Ordering::Relaxed);
    record("G32", &format!("{answered} requests while certificates changed, none lost"), true);
}

#[test]
fn certificates_that_do_not_hold_stop_the_start_with_a_sentence() {
    let authority = Authority::new("A");
    let home = tempfile::tempdir().unwrap();
    put(home.path(), "cert.pem", &authority.server(1).certificate);
    put(home.path(), "key.pem", &authority.server(2).key);
    let path = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    let (certificate, key) = (path("cert.pem"), path("key.pem"));
    let mut serve = command(home.path(), &[("tls_certificate", &certificate), ("tls_key", &key)]);
    assert!(!serve.status().unwrap().success());
    let said = std::fs::read_to_string(home.path().join("log.txt")).unwrap();
    assert!(said.contains("do not serve together"), "{said}");
}
