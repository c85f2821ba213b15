// openssl: what prints certificates, requests, lists and digests only reads; what prints a private key is sensitive; what makes keys,
// signs, encrypts or serves is a change. Options are known per kind of sub-command.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, program, type RuleContext } from "../../rule.ts";
import type { Risk } from "../../types.ts";
import { sendsLines } from "./sent-lines.ts";

/** One list of several, each word once; `without` are words that mean something else to this sub-command. */
function list(lists: readonly (string | undefined)[], without = ""): string {
  const left = new Set(without.split(" "));
  return [...new Set(lists.join(" ").split(" "))].filter((word) => !left.has(word)).join(" ");
}

const writes = {
  "-out|-keyout|-sess_out|-writerand|-CAserial|-msgfile|-keylogfile|-certsout|-signcert|-tokenout|-extracertsout|-cacertsout|-early_data_out|-ssl_trace_out":
    {
      kind: "write",
      why: "writes a file",
      safer: "leave it out: it is printed",
    },
  "-CAcreateserial": { arity: "flag", risk: "caution", why: "writes a file with the serial number" },
  "-provider|-config|-extfile|-propquery": {
    kind: "code",
    risk: "unknown",
    why: "loads a provider or a configuration",
  },
  "-engine|-provider-path|-keygen_engine|-ssl_client_engine": { kind: "code", risk: "dangerous", why: "loads code" },
  "-passin|-pass|-proxy_pass|-psk": { why: "takes a password" },
  "-passout|-k|-kfile|-K|-srppass": { risk: "caution", sensitive: true, why: "writes with a password that stands on the command line" },
} as const;

const formats =
  "-inform -outform -nameopt -certopt -keyform -CAform -CAkeyform -certform -verify_depth -attime -purpose -policy -verify_name -verify_hostname -verify_ip -verify_email -auth_level -checkend -checkhost -checkip -checkemail -ext -set_serial -days";
const trust = "-CAfile -CApath -CAstore -untrusted -trusted -CRLfile -chainCAfile -chainCApath -crl_path -verify_other -VAfile";
const checks =
  "-crl_check -crl_check_all -partial_chain -x509_strict -extended_crl -use_deltas -policy_check -policy_print -explicit_policy -inhibit_any -inhibit_map -ignore_critical -issuer_checks -check_ss_sig -trusted_first -no_alt_chains -no_check_time -allow_proxy_certs -show_chain -no-CAfile -no-CApath -no-CAstore -suiteB_128 -suiteB_192";
const digests =
  "-sha1 -sha224 -sha256 -sha384 -sha512 -sha512-224 -sha512-256 -sha3-224 -sha3-256 -sha3-384 -sha3-512 -md5 -md4 -blake2b512 -blake2s256 -sm3 -ripemd160 -shake128 -shake256";
const printing =
  "-noout -text -subject -issuer -dates -startdate -enddate -serial -fingerprint -hash -subject_hash -subject_hash_old -issuer_hash -issuer_hash_old -email -ocsp_uri -ocspid -modulus -pubkey -alias -nocert -verify -check -help -h -print_certs -info -lastupdate -nextupdate -crlnumber -badsig -print -quiet -verbose -C -trustout -clrtrust -dateopt -multi -utf8 -in_kdf";

const show: CommandRule = {
  why: "prints what is public in a certificate, request or list",
  flags: list([printing, checks, digests, "-purpose"]),
  values: list(["-in", formats, trust, "-reqopt -mac -macopt -sigopt -vfyopt -nmac -cipher"], "-purpose"),
  options: { ...writes, "-key|-inkey|-signkey|-CAkey|-force_pubkey": { risk: "caution", sensitive: true, why: "uses a private key" } },
  operands: "data*",
  answers: [1, 2],
};

const makes = (inv: Invocation): Risk =>
  ["-req", "-new", "-x509", "-newkey", "-CA", "-x509toreq", "-addtrust", "-addreject", "-setalias"].some((name) => inv.has(name))
    ? "caution"
    : "safe";

const request: CommandRule = {
  ...show,
  why: "prints a certificate or a request, or makes one",
  risk: makes,
  flags: list([
    show.flags,
    "-req -new -x509 -newhdr -batch -nodes -noenc -x509toreq -preserve_dates -days_not_before -asn1-kludge -reqexts_copy -clrext -precert",
  ]),
  values: list([
    show.values,
    "-newkey -CA -subj -addext -extensions -reqexts -addtrust -addreject -setalias -pkeyopt -section -copy_extensions -not_before -not_after",
  ]),
  noInverse: "delete what it made",
};

const privateKey: CommandRule = {
  ...show,
  why: "prints a key: a private one unless only its public part is asked for",
  flags: list([
    show.flags,
    "-pubin -pubout -RSAPublicKey_in -RSAPublicKey_out -text_pub -pubcheck -traditional -param_out -no_public -aes128 -aes256 -aes-256-cbc -des3 -des -topk8 -nocrypt -v1 -v2 -nodes -noenc -nokeys -nocerts -clcerts -cacerts -legacy -export -nomac -nomacver -noiter -nomaciter -twopass -chain -LMK -scrypt -keysig -keyex",
  ]),
  values: list([
    show.values,
    "-conv_form -param_enc -name -caname -certfile -certpbe -keypbe -macalg -CSP -iter -pkeyopt -scrypt_N -scrypt_r -scrypt_p",
  ]),
  sensitive: (inv: Invocation) => {
    if (inv.has("-pubin") || inv.has("-nokeys") || (inv.has("-noout") && !inv.has("-text"))) return false;
    return inv.has("-text") || !(inv.has("-pubout") || inv.has("-text_pub"));
  },
  noInverse: "delete what it made",
};

const digest: CommandRule = {
  why: "computes a digest",
  flags: list([digests, "-r -hex -c -binary -d -debug -list -xoflen -non-fips-allow -help"]),
  values: "-macopt -sigopt -mac",
  options: {
    ...writes,
    "-sign|-hmac|-signature|-verify|-prverify": {
      risk: "caution",
      sensitive: true,
      why: "signs with a private key, or checks a signature",
    },
  },
  operands: "read*",
  answers: [1],
};

const connecting: CommandRule = {
  why: "connects to a server and prints what it presents",
  flags: list([
    checks,
    "-showcerts -brief -quiet -no_ign_eof -ign_eof -status -prexit -state -debug -msg -reconnect -crlf -4 -6 -tls1 -tls1_1 -tls1_2 -tls1_3 -no_tls1 -no_tls1_1 -no_tls1_2 -no_tls1_3 -no_ssl3 -ssl3 -dtls -dtls1_2 -noservername -verify_quiet -verify_return_error -trace -security_debug -serverpref -nbio -no_ticket -no_comp -comp -bugs -legacy_renegotiation -legacy_server_connect -no_legacy_server_connect -no_renegotiation -tlsextdebug -ct -noct -enable_pha -async -servername_dane -tfo -crl_download -no-interactive -dane_ee_no_namechecks -rsa_sig -fallback_scsv -help -timeout",
  ]),
  values: list([
    formats,
    trust,
    "-connect -host -port -servername -starttls -proxy -proxy_user -unix -bind -alpn -nextprotoneg -cipher -ciphersuites -groups -curves -sigalgs -client_sigalgs -xmpphost -name -sess_in -min_protocol -max_protocol -split_send_frag -maxfraglen -read_buf -record_padding -dane_tlsa_domain -dane_tlsa_rrdata -verify -serverinfo -ctlogfile -psk_identity -mtu -use_srtp",
  ]),
  options: {
    ...writes,
    "-cert|-key|-cert_chain": { why: "presents a certificate of ours" },
    "-early_data": { risk: "caution", why: "sends a file of this machine" },
  },
  operands: "data?",
  answers: [1],
  inspect: (inv: Invocation, ctx: RuleContext) => sendsLines(inv, ctx),
};

const computing: CommandRule = {
  why: "makes keys, random numbers or parameters, or encrypts",
  risk: "caution",
  anyOption: true,
  operands: "data*",
  options: writes,
  noInverse: "delete what it made",
};

/** Base64 alone is no secret. */
function coding(inv: Invocation): Risk {
  const plain = inv.path[0] === "base64" || inv.has("-base64") || inv.has("-a");
  return plain && inv.unlisted.length + inv.operands.length === 0 ? "safe" : "caution";
}

export const openssl = program({
  names: "openssl|libressl",
  source: "openssl(1), OpenSSL 3.3",
  style: "long",
  why: "works with certificates and keys",
  verbs: {
    "x509|req": request,
    "crl|verify|asn1parse|errstr|crl2pkcs7|pkcs7|nseq": {
      ...show,
      flags: list([show.flags, "-nocrl -i -dump -strictpem -certs -crls -keys -cert_chain"]),
      values: list([show.values, "-offset -length -dlimit -oid -strparse -item -genstr -certfile"]),
      sensitive: (inv) => /key|priv|\.p8|\.p12/i.test(inv.value("-in") ?? ""),
    },
    "version|ciphers|list|help|info": {
      why: "prints what this program can do",
      flags:
        "-a -v -V -b -o -f -p -d -e -m -r -c -s -tls1 -tls1_1 -tls1_2 -tls1_3 -ssl3 -stdname -psk -srp -convert -help -commands -digest-commands -digest-algorithms -cipher-commands -cipher-algorithms -public-key-algorithms -public-key-methods -encoders -decoders -kdf-algorithms -mac-algorithms -random-instances -random-generators -key-managers -key-exchange-algorithms -kem-algorithms -signature-algorithms -asymcipher-algorithms -store-loaders -providers -engines -disabled -options -objects -verbose -all-algorithms -1 -configdir -enginesdir -modulesdir -dsoext -dirnamesep -listsep -seeds -cpusettings -windowscontext -tls-signature-algorithms -tls-groups",
      values: "-select -ciphersuites -min_protocol",
      options: { "-provider|-provider-path|-engine|-config": { kind: "code", risk: "unknown", why: "loads code or a configuration" } },
      operands: "data*",
    },
    "dgst|md4|md5|sha1|sha224|sha256|sha384|sha512|sha3-256|sha3-512|blake2b512|sm3": digest,
    s_client: connecting,
    ocsp: {
      ...show,
      why: "asks whether a certificate was revoked",
      risk: (inv) => (inv.has("-port") || inv.has("-accept") || inv.has("-rsigner") ? "caution" : "safe"),
      flags: list([
        show.flags,
        "-no_nonce -nonce -resp_text -req_text -no_intern -no_signature_verify -no_cert_verify -no_chain -no_cert_checks -trust_other -resp_no_certs -ignore_err -no_certs",
      ]),
      values: list([
        show.values,
        "-cert -url -host -path -proxy -no_proxy -timeout -header -respin -reqin -validity_period -status_age -port -accept -rsigner -rkey -index -nrequest -ndays -sign_other -rother -CA",
      ]),
      options: { ...show.options, "-reqout|-respout": { kind: "write", why: "writes a file" } },
      noInverse: "it serves until it is stopped",
    },
    "rsa|ec|pkey|pkcs8|pkcs12|dsa|sess_id|storeutl": privateKey,
    "pkeyparam|dhparam|ecparam|dsaparam": {
      ...show,
      why: "prints parameters",
      risk: (inv) => (inv.has("-genkey") || inv.operands.length > 0 ? "caution" : "safe"),
      flags: list([show.flags, "-list_curves -genkey -param_enc -conv_form -no_seed -dsaparam -2 -3 -5"]),
      values: list([show.values, "-name"]),
      noInverse: "delete what it made",
    },
    "speed|prime": { ...computing, why: "computes for a while" },
    "enc|base64": { ...computing, why: "encrypts, decrypts or codes", risk: coding, flags: "-d -e -a -A -base64", reads: "-in" },
    rand: { ...computing, why: "prints random bytes" },
    "genrsa|genpkey|gendsa|cms|smime|rsautl|pkeyutl|s_server|s_time|ts|rehash|passwd|spkac|srp|fipsinstall|cmp|mac|kdf|aes-128-cbc|aes-256-cbc|aes-192-cbc|des3|zlib|chacha20|camellia-256-cbc":
      computing,
    ca: {
      ...computing,
      why: "signs or revokes certificates of an authority",
      risk: (inv) => (inv.has("-revoke") || inv.has("-crl_compromise") ? "dangerous" : "caution"),
      options: { ...writes, "-revoke|-crl_compromise|-crl_CA_compromise": { why: "revokes a certificate" } },
      targets: (inv) => [{ kind: "certificate", name: inv.value("-revoke") ?? inv.value("-in") ?? "authority" }],
    },
    engine: { why: "lists engines", risk: "unknown", anyOption: true, operands: "data*" },
  },
  examples: {
    "openssl x509 -in cert.pem -noout -dates": "safe",
    "openssl x509 -noout -checkend 86400 -in cert.pem": "safe",
    "openssl s_client -connect db1:5432 -servername db1 -showcerts": "safe",
    "openssl s_client -connect db1:5432 -starttls postgres < /dev/null": "safe",
    "echo Q | openssl s_client -connect x.org:443 -cert c.pem -key k.pem": "safe",
    "openssl version -a": "safe",
    "openssl ciphers -v 'HIGH:!aNULL'": "safe",
    "openssl verify -CAfile ca.pem -untrusted chain.pem cert.pem": "safe",
    "openssl req -in web.csr -noout -text": "safe",
    "openssl crl -in ca.crl -noout -nextupdate": "safe",
    "openssl dgst -sha256 f": "safe",
    "openssl ocsp -issuer ca.pem -cert web.pem -url http://ocsp.x.org": "safe",
    "openssl rsa -in key.pem -noout -modulus": "safe",
    "openssl pkey -in key.pem -pubout": "safe",
    "openssl pkcs12 -in web.p12 -nokeys -info": "safe",
    "openssl ecparam -list_curves": "safe",
    "openssl genrsa -out key.pem 2048": "caution",
    "openssl rsa -in key.pem": "caution",
    "openssl pkey -in key.pem -noout -text": "caution",
    "openssl pkcs12 -in web.p12 -nokeys -passin pass:x": "safe",
    "openssl enc -d -base64 -in f": "safe",
    "openssl pkcs12 -in web.p12 -nokeys -passout pass:x": "caution",
    "openssl x509 -in a -key k": "caution",
    "openssl x509 -in a -CAcreateserial": "caution",
    "openssl dgst -sha256 -sign k f": "caution",
    "openssl ocsp -respout f -cert web.pem": "caution",
    "openssl rand -hex 16": "caution",
    "openssl asn1parse -in web.key": "caution",
    "openssl s_client -connect x.org:443 -early_data f": "caution",
    "openssl x509 -engine e -in a": "dangerous",
    "openssl x509 -extfile e -in a": "unknown",
    "openssl list -provider p": "unknown",
    "openssl ca -revoke web.pem": "dangerous",
  },
  nearMisses: [
    "openssl x509 -in a -out b",
    "openssl x509 -req -in a -signkey k",
    "openssl req -new -keyout k",
    "openssl enc -d -in x",
    "openssl s_client -connect a:1 -sess_out f",
    "openssl s_client -connect a:1 -keylogfile f",
    "cat f | openssl s_client -connect x.org:443",
    "openssl pkcs8 -topk8 -in k.pem",
    "openssl ocsp -port 80 -index i -rsigner r",
    "openssl dgst -provider-path . f",
    "openssl ec -in k -pubout -text",
  ],
});
