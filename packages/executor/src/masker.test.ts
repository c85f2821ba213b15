import { maskText } from "@dd0c/scanner";
import { describe, expect, it } from "vitest";
import { createMasker } from "./masker.ts";

function mask(text: string, chunkSize = Number.POSITIVE_INFINITY): string {
  const masker = createMasker();
  const bytes = Buffer.from(text);
  const out: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += chunkSize) out.push(masker.push(bytes.subarray(at, at + chunkSize)));
  return Buffer.concat([...out, masker.end()]).toString();
}

// Assembled, so that no scanner takes this file for a leak.
const jwt = ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxMjM0NTY3ODkwIn0", "dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"].join(".");
const awsId = `AKIA${"IOSFODNN7EXAMPLE"}`;
const awsSecret = `wJalrXUtnFEMI/K7MDENG/${"bPxRfiCYEXAMPLEKEY"}`;
const github = `ghp_${"16C7e42F292c6912E7710c838347Ae178B4a"}`;
const slack = `xoxb-${"123456789012-abcdefABCDEF"}`;
const stripe = `sk_live_${"4eC39HqLyjWDarjtT1zdp7dc"}`;
const keyBody = "MIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn/ygWyF8PbnGy\nAHB7MhgwMbRvI0MBZhpI0lVDbIRVwaCLgfA7VfAnr8W\n";
const keyBlock = `-----BEGIN RSA PRIVATE KEY-----\n${keyBody}-----END RSA PRIVATE KEY-----`;

/** Each line: what a program prints, and what may leave the network. */
const SECRETS: readonly (readonly [text: string, masked: string])[] = [
  [`aws_access_key_id = ${awsId}`, "aws_access_key_id = [masked:aws-key]"],
  [`"AccessKeyId": "ASIA${"QWERTYUIOPASDFGH"}",`, '"AccessKeyId": "[masked:aws-key]",'],
  [`aws_secret_access_key = ${awsSecret}`, "aws_secret_access_key = [masked:token]"],
  [`"SecretAccessKey": "${awsSecret}",`, '"SecretAccessKey": "[masked:token]",'],
  [`AWS_SECRET_ACCESS_KEY=/${"a1".repeat(19)}b`, "AWS_SECRET_ACCESS_KEY=[masked:token]"],
  ['"SessionToken": "IQoJb3JpZ2luX2VjEJr1"', '"SessionToken": "[masked:token]"'],
  [`got ${jwt} from issuer`, "got [masked:jwt] from issuer"],
  [`Cookie: session=${jwt}; path=/`, "Cookie: session=[masked:jwt]; path=/"],
  ["eyJhbGciOiJkaXIifQ..48V1_ALb6US04U3b.5eym8TW_c8SuK0ltJ3rpYIzOeDQz7TALvtu6UG9oMo4vpzs9tX_EFShS8iB7j6ji.XFBoMYUZ", "[masked:jwt]"],
  [keyBlock, "[masked:private-key]"],
  [`key: |\n  ${keyBlock.replaceAll("\n", "\n  ")}\nnext: 1`, "key: |\n  [masked:private-key]\nnext: 1"],
  [`{"key": "${keyBlock.replaceAll("\n", "\\n")}\\n", "a": 1}`, '{"key": "[masked:private-key]\\n", "a": 1}'],
  ["-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\n-----END OPENSSH PRIVATE KEY-----\nafter", "[masked:private-key]\nafter"],
  ["-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQOYBF\n=ab12\n-----END PGP PRIVATE KEY BLOCK-----", "[masked:private-key]"],
  ["-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE", "[masked:private-key]"],
  ["Authorization: Bearer abc", "Authorization: Bearer [masked:authorization]"],
  ["> authorization: Basic dXNlcjpwYXNz", "> authorization: Basic [masked:authorization]"],
  ['-H "Authorization: token 0123abcd"', '-H "Authorization: token [masked:authorization]"'],
  ["'Authorization': 'Bearer s3cr3t-value'", "'Authorization': 'Bearer [masked:authorization]'"],
  ["using bearer 0123456789abcdef0123", "using bearer [masked:bearer]"],
  ["postgres://app:hunter2@db:5432/pay", "postgres://app:[masked:url-password]@db:5432/pay"],
  ["postgresql://app:hun/ter2@db/pay", "postgresql://app:[masked:url-password]@db/pay"],
  ["redis://:p4ss@cache:6379/0", "redis://:[masked:url-password]@cache:6379/0"],
  ["https://user:p%40ss@example.org/x", "https://user:[masked:url-password]@example.org/x"],
  ["amqp://guest:gu@est@mq//", "amqp://guest:[masked:url-password]@mq//"],
  ["mongodb+srv://u:p4$w@cluster0.example.net", "mongodb+srv://u:[masked:url-password]@cluster0.example.net"],
  ["DB_PASSWORD=hunter2", "DB_PASSWORD=[masked:password]"],
  ["password: hunter2", "password: [masked:password]"],
  ['"password": "hunter 2",', '"password": "[masked:password]",'],
  ["'db.password' => 'x,y;z'", "'db.password' => '[masked:password]'"],
  ['{"body":"{\\"password\\":\\"hunter2\\",\\"n\\":1}"}', '{"body":"{\\"password\\":\\"[masked:password]\\",\\"n\\":1}"}'],
  ["Server=db;User Id=sa;Password=My$ecret1;Encrypt=no", "Server=db;User Id=sa;Password=[masked:password];Encrypt=no"],
  ["PGPASSWORD=a psql", "PGPASSWORD=[masked:password] psql"],
  ["MYSQL_PWD=s3cret", "MYSQL_PWD=[masked:password]"],
  ["spring.datasource.password=Zm9v", "spring.datasource.password=[masked:password]"],
  ["GITHUB_TOKEN=0a1b2c3d4e5f", "GITHUB_TOKEN=[masked:token]"],
  ["api_key: 9f8e7d6c5b4a", "api_key: [masked:token]"],
  ['apiKey="abcdef123456"', 'apiKey="[masked:token]"'],
  ["client_secret=Q~abc~def~ghi", "client_secret=[masked:token]"],
  ["AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;", "AccountKey=[masked:token];"],
  [`remote: ${github}`, "remote: [masked:token]"],
  [`SLACK ${slack}`, "SLACK [masked:token]"],
  [`stripe ${stripe}.`, "stripe [masked:token]."],
  [`glpat-${"abcdefghij0123456789"}`, "[masked:token]"],
  [`hvs.${"CAESIJlU9RVfKqVBTnPhpRX1"}`, "[masked:token]"],
  [`key=AIza${"SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY"}`, "key=[masked:token]"],
  ["mysqldump --password hunter2 db", "mysqldump --password [masked:password] db"],
  ["vault login --token=0a1b2c3d", "vault login --token=[masked:token]"],
  ["curl -s -u admin:hunter2 https://x", "curl -s -u admin:[masked:password] https://x"],
  ["ünïcode password=hünter2 ✓", "ünïcode password=[masked:password] ✓"],
];

/** What people must go on seeing. */
const HARMLESS: readonly string[] = [
  "PWD=/root/app",
  "OLDPWD=/var/lib/x",
  "password authentication failed for user app",
  "password: <none>",
  'password: ""',
  "password: ${DB_PASSWORD}",
  "password = ********",
  "Password: null",
  "passwordFile: /run/secrets/db",
  "PASSWORD_FILE=/run/secrets/db",
  "password=/run/secrets/db_password",
  "secretName: payment-tls",
  "secretKeyRef:",
  "type: kubernetes.io/service-account-token",
  "Tokens: 5",
  "max_tokens=4096",
  "Error: invalid token: unexpected end of input",
  "token expired",
  "Secret: not found",
  "author: jane",
  "Bearer authentication is required here",
  "Basic authentication required",
  "https://example.org:8443/path?a=b",
  "git@github.com:org/repo.git",
  "postgres://app@db:5432/pay",
  "postgres://app:***@db/pay",
  "2026-01-02T03:04:05Z GET /login 200 12ms",
  "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
  "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----",
  "docker run -u 1000:1000 image",
  "payment-svc-7d9f8b6c5-x2x4z   1/1   Running   0   4d",
  "AKIA is a prefix",
  "eyJust a word",
];

describe("masker", () => {
  it.each(SECRETS)("masks %j", (text, masked) => {
    expect(mask(text)).toBe(masked);
  });

  it.each(HARMLESS)("leaves %j", (text) => {
    expect(mask(text)).toBe(text);
  });

  it("does to a stream what is done to a whole text before it leaves for a model", () => {
    const text = [...SECRETS.map(([secret]) => secret), ...HARMLESS].filter((one) => !one.startsWith("-----BEGIN EC ")).join("\n");
    expect(maskText(text).text).toBe(mask(text));
  });

  it.each([1, 3, 7, 64, 1000])("does not depend on where chunks of %i bytes are cut", (size) => {
    const text = [...SECRETS.map(([secret]) => secret), ...HARMLESS].join("\n");
    expect(mask(text, size)).toBe(mask(text));
  });

  it("passes any bytes unchanged", () => {
    const bytes = Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7) % 256));
    const masker = createMasker();
    expect(Buffer.concat([masker.push(bytes), masker.end()]).equals(bytes)).toBe(true);
  });

  it.each([1000, 65_536, 1_000_000])("masks inside a line of a megabyte, in chunks of %i", (size) => {
    const filler = (n: number): string => "lorem,ipsum,".repeat(n);
    // Placed so that windows of every kind of cut meet a secret.
    const line = Array.from({ length: 40 }, (_, index) => `${filler(1800 + index)}"password":"hunter${index}",${jwt},`).join("");
    const masked = mask(line, size);
    expect([
      masked.includes("hunter"),
      masked.includes("eyJ"),
      masked.split("[masked:password]").length,
      masked.split("[masked:jwt]").length,
    ]).toEqual([false, false, 41, 41]);
    expect(masked).toBe(mask(line));
  });

  it("masks one secret that is longer than its window", () => {
    const text = `password=${"Ab1".repeat(100_000)} after`;
    expect(mask(text, 1000)).not.toContain("Ab1Ab1");
    expect(mask(text, 1000)).toContain(" after");
  });

  it("gives up on a key block without end before it swallows everything", () => {
    const text = `-----BEGIN RSA PRIVATE KEY-----\n${"x".repeat(79)}\n`.concat("log line\n".repeat(5000));
    const masked = mask(text);
    expect([masked.startsWith("[masked:private-key]"), masked.endsWith("log line\n")]).toEqual([true, true]);
  });

  it("shows a line as soon as it is whole", () => {
    const masker = createMasker();
    expect([masker.push(Buffer.from("first\nsec")).toString(), masker.push(Buffer.from("ond\n")).toString()]).toEqual([
      "first\n",
      "second\n",
    ]);
  });

  it("is fast enough for a flood", () => {
    const line = "2026-01-02T03:04:05Z INFO payment-svc request id=42 path=/v1/pay status=200 duration=12ms user=jane token=none\n";
    const block = Buffer.from(line.repeat(600));
    const masker = createMasker();
    // Compared with a search for one word in the same bytes: how busy the machine is says nothing about either.
    const best = (work: () => unknown): number => {
      const times = Array.from({ length: 20 }, () => {
        const startedAt = performance.now();
        work();
        return performance.now() - startedAt;
      });
      return Math.min(...times);
    };
    const searching = best(() => [...block.toString("latin1").matchAll(/(?:status|duration|user)=(\w+)/gi)]);
    expect(best(() => masker.push(block)) / searching).toBeLessThan(40);
  });
});
