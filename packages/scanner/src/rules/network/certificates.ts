// Certificates and their authorities beside openssl: certbot and other ACME clients, keytool, step, cfssl, and programs that test TLS.
import type { Invocation } from "../../invocation.ts";
import { program } from "../../rule.ts";
import type { Risk } from "../../types.ts";
import { changing, destroying, each, listing, reading } from "../verb-rules.ts";

const certificate = (inv: Invocation) => [
  { kind: "certificate", name: inv.value("--cert-name") ?? inv.value("--domain") ?? inv.operands[0]?.text ?? "certificate" },
];
const asked = "ask for the certificate again; authorities limit how often";
const oldStays = "the certificate before stays valid until it ends; its files may be overwritten";

const acmeValues =
  "--cert-name -d|--domain|--domains -m|--email --config-dir --work-dir --logs-dir --server --cert-path --reason --key-type --max-log-backups";
const acmeFlags = "--dry-run -n|--non-interactive --quiet|-q --no-random-sleep-on-renew --staging|--test-cert -v";
const hooks = {
  "--pre-hook|--post-hook|--deploy-hook|--renew-hook|--manual-auth-hook|--manual-cleanup-hook": {
    kind: "code",
    risk: "dangerous",
    why: "runs a program",
  },
  "--force-renewal|--force-renew|--delete-after-revoke": { arity: "flag", risk: "caution", why: "does it although it is not due" },
} as const;

export const certbot = program({
  names: "certbot|certbot-auto|letsencrypt",
  source: "certbot(1) 2.11",
  style: "long",
  globals: "anywhere",
  why: "shows certificates, or asks for new ones",
  risk: (inv) => (inv.has("--version") || inv.has("--help") ? "safe" : "caution"),
  safer: "certbot certificates",
  flags: `${acmeFlags} --version --help`,
  values: acmeValues,
  options: hooks,
  noInverse: asked,
  operands: "none",
  verbs: {
    "certificates|plugins|show_account": listing("shows certificates"),
    renew: {
      ...changing("asks for new certificates and runs the hooks of their configuration", oldStays),
      safer: "--dry-run asks a test server; hooks run all the same unless --no-hooks",
    },
    "certonly|run|enhance|install|reconfigure|register|update_account": changing("asks for certificates or changes their settings", asked, {
      values: "-w|--webroot-path -a|--authenticator -i|--installer --preferred-challenges --dns-cloudflare-credentials",
      flags: "--nginx --apache --standalone --webroot --manual --expand --agree-tos",
    }),
    "revoke|delete|rollback|unregister": destroying("revokes or deletes a certificate", "certificate", { targets: certificate }),
  },
  examples: {
    "certbot certificates": "safe",
    "certbot --version": "safe",
    "certbot renew --dry-run": "caution",
    "certbot renew --force-renewal": "caution",
    "certbot certonly --nginx -d x.org": "caution",
    "certbot revoke --cert-name x.org": "dangerous",
    "certbot delete --cert-name x.org": "dangerous",
    "certbot renew --deploy-hook 'reboot'": "dangerous",
  },
  nearMisses: ["certbot", "certbot certificates --pre-hook x", "certbot frob"],
});

function acmeRisk(inv: Invocation): Risk {
  const words = [...inv.operands, ...inv.unlisted].map((arg) => arg.text);
  const is = (pattern: RegExp) => words.some((word) => pattern.test(word));
  if (
    is(
      /^(--revoke|--remove|--deactivate|--deactivate-account|--uninstall|--to-pkcs12|revoke|remove|--reloadcmd|--pre-hook|--post-hook|--renew-hook|--run-hook)/,
    )
  )
    return "dangerous";
  const reads = /^(--list|--info|--version|-v|--help|-h|list|--showcsr|--listraw|--domain|-d|--list-ca|[\w*.-]+\.[\w.-]+)$/;
  return words.length > 0 && words.every((word) => reads.test(word)) && is(/^(--list|--info|--version|-v|--help|-h|list|--showcsr)$/)
    ? "safe"
    : "caution";
}

export const acmeClients = program({
  names: "acme.sh|lego|dehydrated|mkcert|easyrsa|uacme|getssl",
  source: "github.com/acmesh-official/acme.sh; go-acme.github.io/lego 4; easyrsa 3.2",
  style: "none",
  why: "shows certificates, or asks for and makes new ones",
  risk: acmeRisk,
  operands: "data*",
  targets: (inv) => inv.operands.slice(-1).map((arg) => ({ kind: "certificate", name: arg.text })),
  noInverse: asked,
  examples: {
    "acme.sh --list": "safe",
    "lego list": "safe",
    "acme.sh --renew -d x.org": "caution",
    "mkcert x.org": "caution",
    "acme.sh --revoke -d x.org": "dangerous",
  },
  nearMisses: ["acme.sh --list --renew", "lego --domains x.org run", "acme.sh", "acme.sh --issue -d x.org --reloadcmd reboot"],
});

const storeOptions =
  "-keystore -storepass -storetype -alias -file -providername -srckeystore -destkeystore -srcstorepass -deststorepass -srcalias -destalias -srcstoretype -deststoretype -keypass -dname -keyalg -keysize -validity -sigalg -ext -sslserver -jarfile -srckeypass -destkeypass -newpass -new -startdate";

const store = (inv: Invocation): string => inv.value("-alias") ?? inv.value("-keystore") ?? "key store";

export const keytool = program({
  names: "keytool",
  source: "keytool, JDK 21 tool specifications",
  style: "long",
  why: "shows or changes a store of keys and certificates",
  safer: "keytool -list",
  risk: (inv) => {
    if (inv.has("-delete") || inv.has("-genkeypair") || inv.has("-storepasswd")) return inv.has("-genkeypair") ? "caution" : "dangerous";
    if (inv.has("-importcert")) return "caution";
    if (inv.has("-certreq")) return inv.has("-file") ? "caution" : "safe";
    return inv.has("-list") ? "safe" : "unknown";
  },
  flags: "-v -rfc -noprompt -trustcacerts -cacerts -protected -tls",
  values: storeOptions,
  options: {
    "-list|-printcert|-printcertreq|-printcrl|-showinfo|-help": { arity: "flag", why: "prints certificates" },
    "-certreq|-exportcert|-export": { arity: "flag", why: "prints a certificate, or writes it to a file" },
    "-importcert|-import|-importkeystore|-importpass|-changealias|-gencert|-gencrl": { arity: "flag", why: "adds to the store" },
    "-genkeypair|-genkey|-genseckey|-selfcert": { arity: "flag", why: "makes a key" },
    "-delete": { arity: "flag", why: "deletes an entry" },
    "-storepasswd|-keypasswd": { arity: "flag", why: "changes the password" },
    "-providerclass|-providerpath|-addprovider|-provider|-providerarg|-conf": { kind: "code", risk: "unknown", why: "loads code" },
  },
  operands: "none",
  targets: (inv) => [{ kind: "key store entry", name: store(inv) }],
  noInverse: "keytool -delete takes an entry out again; copy the store before",
  examples: {
    "keytool -list -v -keystore web.jks -storepass x": "safe",
    "keytool -printcert -sslserver x.org:443": "safe",
    "keytool -exportcert -alias a -rfc -keystore k": "safe",
    "keytool -exportcert -alias a -file f -keystore k": "caution",
    "keytool -certreq -file x": "caution",
    "keytool -printcert -file x": "safe",
    "keytool -importcert -alias a -file f -keystore k": "caution",
    "keytool -genkeypair -alias a -keystore k": "caution",
    "keytool -delete -alias a -keystore k": "dangerous",
    "keytool -storepasswd -keystore k": "dangerous",
    "keytool -list -providerclass X": "unknown",
  },
  nearMisses: ["keytool", "keytool -list -delete -alias a", "keytool -import -file f"],
});

export const step = program({
  names: "step|step-cli",
  source: "smallstep.com, step CLI 0.27",
  why: "shows or makes certificates",
  verbs: {
    ...each(
      "certificate_inspect certificate_verify certificate_lint certificate_fingerprint certificate_needs-renewal ca_health ca_roots ca_federation ca_root crypto_jwt_inspect version help",
      {
        why: "prints certificates or the state of an authority",
        flags: "--short --bundle --insecure --roots-only --verbose --json --servername-only",
        values: "--format --roots --host --servername --ca-url --root --fingerprint --expires-in --sha1",
        operands: "data*",
        answers: [1, 2],
      },
    ),
    ...each(
      "certificate_create certificate_sign certificate_bundle certificate_format certificate_key certificate_p12 ca_certificate ca_renew ca_sign ca_token ca_bootstrap ssh_certificate ssh_login crypto_keypair crypto_jwt_sign ca_init",
      changing("makes or writes certificates, keys or tokens", asked),
    ),
    ...each(
      "certificate_install certificate_uninstall ca_revoke ca_provisioner_remove ca_provisioner_add ca_admin_add ca_admin_remove ssh_revoke ca_policy",
      destroying("revokes a certificate, or changes whom machines trust", "certificate"),
    ),
  },
  examples: {
    "step certificate inspect https://x.org": "safe",
    "step ca health": "safe",
    "step ca renew a.crt a.key": "caution",
    "step ca revoke 123": "dangerous",
  },
  nearMisses: ["step", "step ca token x", "step certificate inspect --frob a.crt"],
});

export const cfssl = program({
  names: "cfssl|cfssl-certinfo|cfssljson|multirootca",
  source: "github.com/cloudflare/cfssl 1.6",
  style: "goflag",
  why: "shows or makes certificates",
  risk: (inv) => (inv.program === "cfssl-certinfo" ? "safe" : "caution"),
  flags: "-bare -version",
  values: "-cert -domain -csr -sn -aki -config -profile -ca -ca-key -hostname -f",
  operands: "data*",
  noInverse: asked,
  verbs: {
    "certinfo|scan|version|bundle|info|print-defaults": reading("prints certificates or what a server offers"),
    "gencert|sign|selfsign|genkey|gencsr|gencrl|ocspsign|ocsprefresh|serve|ocspserve|crl": changing(
      "makes keys or certificates, or serves",
      asked,
    ),
    revoke: destroying("revokes a certificate", "certificate", {
      targets: (inv) => [{ kind: "certificate", name: inv.value("-serial") ?? "serial" }],
    }),
  },
  examples: {
    "cfssl certinfo -cert a.pem": "safe",
    "cfssl gencert -ca a -ca-key k c.json": "caution",
    "cfssl revoke -serial 1": "dangerous",
  },
  nearMisses: ["cfssl serve", "cfssljson -bare x"],
});

export const tlsTests = program({
  names:
    "testssl|testssl.sh|sslscan|sslyze|ssl-cert-check|cipherscan|tlsx|certigo|tls-scan|gnutls-cli-debug|certtool-info|ssllabs-scan|zlint|check_ssl_cert|sslsplit-info",
  source: "testssl.sh 3.2; sslscan(1) 2.1; sslyze 6.0",
  why: "tests what a TLS server offers",
  flags:
    "-e -E -s -f -p -P -S -h -U -B -I -T -R -C -L -O -J -D -Z -W -A -g -q -c -x --fast --wide --color=never --quiet --show-certificate --no-colour --no-failed --certs --tlsall --tls10 --tls11 --tls12 --tls13 --no-heartbleed --no-renegotiation --no-compression --no-groups --no-ciphersuites --bugs --ipv4 --ipv6 --regular --certinfo --heartbleed --robot --protocols --server-defaults --server-preference --headers --vulnerable --each-cipher --std --version --help --warnings --sneaky --ids-friendly --phone-out --full --json -4 -6 -v -n -b -a",
  values:
    "-t --starttls --starttls-smtp --sni-name --servername --timeout --connect-timeout --openssl-timeout --ip --xmpphost --color --severity -H -r --port --protocol --warning --critical",
  options: {
    "--jsonfile|--csvfile|--htmlfile|--logfile|-oA|-oL|-oJ|-oC|-oH|--xml|--json_out|--outfile|--json-file|--csv|--html|--log": {
      kind: "write",
      why: "writes the result to a file",
    },
    "--openssl|--openssl-bin|--ca-file|--add-ca|--file": {
      kind: "code",
      risk: "unknown",
      why: "names a program to run, or a list of targets",
    },
  },
  operands: "data*",
  answers: [1],
  examples: {
    "testssl.sh --protocols x.org:443": "safe",
    "sslscan --no-failed x.org": "safe",
    "sslyze --certinfo x.org": "safe",
    "testssl.sh --jsonfile f x.org": "caution",
    "testssl.sh --openssl ./x x.org": "unknown",
  },
  nearMisses: ["sslscan --xml=f x.org", "testssl.sh --frob x.org", "sslscan $x"],
});

export const gnutlsCli = program({
  names: "gnutls-cli|certtool|ocsptool|danetool|p11tool",
  source: "gnutls-cli(1), certtool(1), GnuTLS 3.8",
  why: "connects to a TLS server, or prints certificates",
  safer: "openssl x509 -noout -text -in FILE",
  risk: (inv) => {
    if (inv.program === "gnutls-cli" || inv.program === "danetool") return "safe";
    const reads = [
      "-i",
      "--crl-info",
      "--crq-info",
      "--verify",
      "--verify-chain",
      "--pubkey-info",
      "--request-info",
      "--response-info",
      "--ask",
      "--list-tokens",
      "--fingerprint",
      "--version",
    ];
    return reads.some((name) => inv.has(name)) ? "safe" : "caution";
  },
  flags:
    "-i|--certificate-info --crl-info --crq-info --verify --verify-chain --pubkey-info --request-info --response-info --list-tokens --fingerprint --print-cert --no-ca-verification --insecure --ocsp --starttls -d --benchmark-tls-ciphers -l|--list --tofu --dane --x509 --crlf --inder --inraw -v|--version -h|--help --check --verify-allow-broken --insecure-algorithms",
  values:
    "-p|--port --sni-hostname --verify-hostname --starttls-proto --priority --x509cafile --load-ca-certificate --load-certificate --alpn --proto --host --ask --verify-purpose",
  reads: "--infile",
  options: {
    "--save-cert|--save-ocsp|--save-server-trace|--save-client-trace|--keymatexport|--outfile|--logfile": {
      kind: "write",
      why: "writes a file",
    },
  },
  operands: "data*",
  noInverse: "delete what it made",
  examples: {
    "gnutls-cli --print-cert -p 443 x.org": "safe",
    "certtool -i --infile web.crt": "safe",
    "gnutls-cli --save-cert f x.org": "caution",
  },
  nearMisses: ["certtool --generate-privkey", "certtool -i --infile web.key --outfile f", "gnutls-cli --provider=x x.org"],
});
