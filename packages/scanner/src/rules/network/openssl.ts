import type { Invocation } from "../../invocation.ts";
import { type CommandRule, program } from "../../rule.ts";

const writes = {
  "-out|-keyout|-sess_out|-writerand|-CAcreateserial|-CAserial|-msg_out|-crl_out|-dsaparam_out": { kind: "write", why: "writes a file" },
  "-engine|-provider|-provider-path|-config|-extfile": { kind: "code", risk: "unknown", why: "loads code or a configuration" },
  "-proxy_pass|-pass|-passin|-passout": { risk: "caution", sensitive: true, why: "takes a password" },
} as const;

const show: CommandRule = {
  why: "prints certificates, keys' public parts or digests",
  flags:
    "-noout -text -subject -issuer -dates -startdate -enddate -serial -fingerprint -hash -subject_hash -issuer_hash -email -ocsp_uri -purpose -modulus -pubkey -alias -nocert -sha256 -sha1 -md5 -sha512 -verify -check -crl_check -crl_check_all -partial_chain -showcerts -brief -quiet -no_ign_eof -ign_eof -status -tls1 -tls1_1 -tls1_2 -tls1_3 -prexit -state -debug -msg -reconnect -no_ssl3 -no_tls1 -no_tls1_1 -crlf -4 -6 -a -v -b -o -f -p -d -e -r -hex -c -binary -lastupdate -nextupdate -crlnumber -print_certs -info -nokeys -nomacver -clcerts -cacerts -legacy -s -help",
  values:
    "-in -CAfile -CApath -CA -cert -chainCAfile -untrusted -trusted -CRLfile -inform -outform -nameopt -certopt -connect -servername -host -port -starttls -verify_depth -alpn -cipher -ciphersuites -groups -checkend -ext -attime -verify_hostname -verify_ip -name -time -bytes -seconds -multi",
  options: { ...writes, "-key|-inkey|-sign|-signature": { kind: "read", sensitive: true, why: "uses a private key" } },
  operands: "data*",
  answers: [1],
};

const privateKey: CommandRule = {
  ...show,
  why: "prints a private key unless only its public part is asked for",
  flags: `${show.flags ?? ""} -pubin -pubout`,
  sensitive: (inv: Invocation) => !inv.has("-pubin") && !inv.has("-pubout") && !inv.has("-noout"),
};

export const openssl = program({
  names: "openssl",
  source: "openssl(1), OpenSSL 3.0",
  style: "long",
  why: "works with certificates and keys",
  verbs: {
    "x509|crl|req|verify|asn1parse|dgst|md5|sha1|sha256|sha512|ciphers|version|errstr|list|crl2pkcs7|pkcs7": {
      ...show,
      risk: (inv) => (inv.has("-new") || inv.has("-x509") || inv.has("-signkey") || inv.has("-CA") ? "caution" : "safe"),
    },
    s_client: { ...show, why: "connects to a server and prints what it presents" },
    "rsa|ec|pkey|pkcs8|pkcs12|dsa": privateKey,
    "speed|prime|rand": { ...show, why: "computes", risk: "caution" },
    "genrsa|genpkey|gendsa|ecparam|dhparam|ca|enc|cms|smime|rsautl|pkeyutl|s_server|s_time|ts|rehash|passwd|engine|spkac|srp|fipsinstall|cmp":
      {
        risk: "caution",
        why: "makes keys, signs, encrypts or serves",
        anyOption: true,
        operands: "data*",
        options: writes,
      },
  },
  examples: {
    "openssl x509 -in cert.pem -noout -dates": "safe",
    "openssl s_client -connect db1:5432 -servername db1 -showcerts": "safe",
    "openssl version -a": "safe",
    "openssl verify -CAfile ca.pem cert.pem": "safe",
    "openssl genrsa -out key.pem 2048": "caution",
    "openssl rsa -in key.pem": "caution",
  },
  nearMisses: [
    "openssl x509 -in a -out b",
    "openssl req -new -keyout k",
    "openssl enc -d -in x",
    "openssl x509 -engine e -in a",
    "openssl s_client -connect a:1 -sess_out f",
    "openssl ca -revoke x",
  ],
});
