// What the intent advisor takes for more than a look although every word only reads: secrets that would be shown, reads that never end,
// addresses and settings that make a program call or load something else. A simple command's words go in, the reason for silence comes out.

const SECRET_FILES =
  /\/etc\/(?:g?shadow|sudoers|ssl\/private|krb5\.keytab)|\.ssh\/(?!known_hosts|config|authorized_keys)\w|id_(?:rsa|ed25519|ecdsa|dsa)(?!\.pub)\b|\.aws\/credentials|\.pgpass|\.my\.cnf|\.netrc|\.gnupg|\.kube\/config|\.docker\/config|(?:^|(?<!--env-file)[/\s])\.env(?:\.\w+)?(?:\s|$)|\/environ\b|\/proc\/\S+\/mem\b|serviceaccount\/token|\.(?:p12|pfx|jks|keytab)\b|(?:^|[/\w-])private[\w-]*\.key|secring|\/var\/run\/secrets|credentials\.json|[\w-]\.key(?:\s|$)|vault\.ya?ml/;
const SECRET_WORDS =
  /get-secret-value|with-decryption|get-password-data|print-(?:access|identity|refresh)-token|get-access-token|list-keys|(?:account|cosmosdb) keys list|aws_secret_access_key|userPassword|nomad var get|getent g?shadow|credential show|show-token|get-token|get-login-password|get-session-token|requirepass|private-key|show-secrets|keyvault secret (?:show|download)|secrets versions access|\bwhoami -t\b|--show-values|--reveal|view-secret|auth token\b|config view .*--raw|account access-key|sas-token|connection-string|authorization-token/;
const SECRET_PATTERN = /(?:passw(?:or)?d|secret(?!-store|s?\.io)|api_?key|access_?key|private_?key|token)=?/i;
const ALL_OF_THE_ENVIRONMENT: ReadonlySet<string> = new Set(["env", "printenv", "export", "set", "declare"]);
const KEEPERS: ReadonlySet<string> = new Set(
  "pass op gopass bw lpass keepassxc-cli chamber sops age gpg ansible-vault doppler infisical security".split(" "),
);

/** Programs whose `-f` or `-w` means "go on". */
const FOLLOWING =
  /^(?:kubectl|oc|k|docker|podman|nerdctl|journalctl|tail|stern|dmesg|crictl|flux|argocd|gh|velero|nomad|logcli|aws|az|gcloud|heroku|fly|flyctl|vercel|istioctl|hubble|netstat|free|lsof|nvidia-smi)$/;
const PERIODIC: ReadonlySet<string> = new Set("jstat zpool vmstat iostat mpstat pidstat sar nfsiostat dstat ".split(" "));
const LIVE: ReadonlySet<string> = new Set("watch mtr ngrep htop atop nethogs iftop strace ltrace".split(" "));

/** @returns why a look is more than that, or null */
export function hazardIn(program: string, words: readonly string[], isBounded: boolean): string | null {
  const line = words.join(" ");
  if (showsSecrets(program, words, line)) return "it may show secrets";
  if (!isBounded && neverEnds(program, words, line)) return "it may never end";
  return / --(?:kubeconfig|endpoint-url|cli-input-json|cli-input-yaml|flags-file|log-http|kube-apiserver)(?:[= ]|$)|^(?:kubectl|oc|k) (?!auth can-i).* --(?:server|token|as)[= ]|^(?:systemctl|journalctl|hostnamectl|timedatectl|loginctl) (?:.* )?(?:-H|--host|-M|--machine)/.test(
    line,
  )
    ? "it may be sent elsewhere"
    : null;
}

function showsSecrets(program: string, words: readonly string[], line: string): boolean {
  if (KEEPERS.has(program) || SECRET_WORDS.test(line) || opensSecretFile(program, line)) return true;
  switch (program) {
    case "ps":
      return /^[a-zA-Z]*e[a-zA-Z]*$/.test(words[1] ?? "");
    case "echo":
    case "printf":
      return /\$\{?\w*(?:TOKEN|PASSWORD|SECRET|KEY|PASS)\b/.test(line);
    default:
      return isEnvironment(program, words, line) || isSecretResource(program, line) || isSecretSearch(program, words);
  }
}

/** Naming such a file is no look into it for programs that only list, and common for those that connect. */
function opensSecretFile(program: string, line: string): boolean {
  if (!SECRET_FILES.test(line) || /^(?:ls|stat|test|\[|find|wc|file|du)$/.test(program)) return false;
  return !/^(?:curl|openssl|etcdctl|mongosh|psql|mysql)$/.test(program) || /\.(?:p12|pfx)\b|shadow/.test(line);
}

function isEnvironment(program: string, words: readonly string[], line: string): boolean {
  return ALL_OF_THE_ENVIRONMENT.has(program) && (words.length === 1 || /_?(?:password|secret|token|key)\b/i.test(line));
}

function isSecretResource(program: string, line: string): boolean {
  if (program === "docker" || program === "podman") return /\.Config\.Env/.test(line);
  if (!/^(?:kubectl|oc|k|etcdctl|helm)$/.test(program)) return false;
  return (
    (/\bsecrets?\b/.test(line) &&
      / (?:-o|--output)[ =]?(?:ya?ml|json|go-template|jsonpath(?!\S*metadata))| --template|--print-value-only|get --prefix/.test(line) &&
      !/-o (?:name|wide|custom)/.test(line)) ||
    / --raw[ =].*(?:secrets|proxy)/.test(line)
  );
}

function isSecretSearch(program: string, words: readonly string[]): boolean {
  if (!/^(?:grep|egrep|rg|zgrep|ag|ack|awk|jq|yq)$/.test(program)) return false;
  const [pattern = "", ...files] = words.slice(1).filter((word) => !word.startsWith("-"));
  const looksInSettings = files.some((file) => /\/etc\/|\/home\/|\.properties$|\.env\b|\.conf$/.test(file));
  return (
    (looksInSettings && SECRET_PATTERN.test(pattern)) ||
    /(?:TOKEN|API_KEY|PASSWORD|SECRET)=/.test(pattern) ||
    (/^yq$/.test(program) && /token|password/.test(pattern))
  );
}

function neverEnds(program: string, words: readonly string[], line: string): boolean {
  if (LIVE.has(program) || line.includes("sleep infinity")) return !/^(?:mtr)$/.test(program) || !/ -\w*[rc]|--report/.test(line);
  if (FOLLOWING.test(program) && follows(program, line)) return true;
  if (PERIODIC.has(program)) return !counts(program, words);
  return false;
}

function follows(program: string, line: string): boolean {
  const going = GOES_ON.find(([programs]) => programs.test(program))?.[1] ?? GOES_ON_ELSEWHERE;
  return / --(?:follow|watch|watch-only)(?:=true)?(?: |$)| --follow=(?!false)| query .* --tail(?: |$)/.test(line) || going.test(line);
}

/** How programs are told to go on; searched in the words joined by blanks. */
const GOES_ON: readonly (readonly [RegExp, RegExp])[] = [
  [/^tail$/, / -[a-zA-Z\d]*[fF]/],
  [/^journalctl$/, / -[a-zA-Z]*f/],
  [/^dmesg$/, / -[a-zA-Z]*w/],
  [/^(?:docker|podman|nerdctl)$/, / stats\b(?!.*--no-stream)| events\b(?!.*--until)| logs\b.* -\w*f/],
  [/^netstat$/, / -\w*c/],
  [/^lsof$/, / [-+]r/],
  [/^nvidia-smi$/, / (?:-l\b|-lms|--loop|-pm|--gpu-reset|-r\b|-pl|-c\b|-e\b|-ac|-rac|-mig)/],
  [/^free$/, /^(?!.* -c).* -\w*s/],
];
const GOES_ON_ELSEWHERE = / (?:get|events)\b.* -w| logs\b.* -\w*f(?: |n|$)|^(?=.* logs\b).* -\w*f(?: |n|$)| log tail\b| logging tail\b/;

/** `vmstat 1 5`: an interval and a number of times, or neither. */
function counts(program: string, words: readonly string[]): boolean {
  const operands = words
    .slice(1)
    .filter((word, index, all) => /^\d+(?:\.\d+)?$/.test(word) && !/^-[a-zA-Z]*[pPfse]$/.test(all[index - 1] ?? ""));
  return operands.length !== (program === "jstat" ? 2 : 1) || (program === "zpool" && words[1] !== "iostat");
}
