// PowerShell and cmd.exe pasted by mistake: never safe, with a reason that helps, and dangerous where the words destroy.
// registry.ts asks foreignProgram for names that no rule knows; no program of POSIX systems has the shape Verb-Noun with capitals.
import { destructiveText } from "../../destructive-text.ts";
import type { Invocation } from "../../invocation.ts";
import { type ProgramRule, program, type RuleContext } from "../../rule.ts";
import type { Target } from "../../types.ts";

const inert = { style: "none", operands: "data*", anyWord: true } as const;
const source = "learn.microsoft.com/powershell/scripting/developer/cmdlet/approved-verbs-for-windows-powershell-commands";
const posix = "the agent runs POSIX commands only: name the command for this system, or let a human run it";

const targets = (inv: Invocation): readonly Target[] =>
  inv.operands
    .filter((arg) => !arg.text.startsWith("-"))
    .slice(0, 3)
    .map((arg) => ({ kind: "Windows object", name: arg.text }));

const destroys =
  /^(Remove|Stop|Clear|Format|Uninstall|Disable|Restart|Initialize|Dismount|Reset|Suspend|Unregister|Revoke|Invoke-(Expression|Command|WmiMethod|CimMethod)|Set-ExecutionPolicy|Block|Deny|Move-ADObject|Switch|Undo|Merge-VHD|Reset-\w+)/;

function inspectWords(inv: Invocation, ctx: RuleContext): void {
  const text = inv.operands.map((arg) => arg.text).join(" ");
  const found =
    destructiveText(text) ??
    (/(^|\s)-(Recurse|Force)\b|\bIEX\b|DownloadString|\/[sqf]\b.*\/[sqf]\b/i.test(text) ? "options that destroy or run code" : undefined);
  if (found !== undefined) ctx.report({ risk: "dangerous", why: `it contains ${found}` });
}

export const powershellCmdlet = program({
  names: "Get-Service|Get-Process|Where-Object|ForEach-Object|Select-Object|Restart-Service|Stop-Service|Remove-Item",
  source,
  ...inert,
  risk: (inv) => (destroys.test(inv.program) ? "dangerous" : "unknown"),
  why: "this is PowerShell",
  safer: posix,
  inspect: inspectWords,
  targets,
  examples: {
    "Get-Service -Name w3svc": "unknown",
    "Get-ChildItem C:/logs": "unknown",
    "New-Object Net.WebClient": "unknown",
    "Restart-Service w3svc": "dangerous",
    "Remove-Item -Recurse -Force C:/data": "dangerous",
    "Stop-Computer": "dangerous",
    "Clear-EventLog -LogName System": "dangerous",
    "Invoke-Expression $x": "dangerous",
    "Copy-Item a b -Force": "dangerous",
  },
  nearMisses: ["Get-Process | Sort-Object CPU", "Get-Content x | Select-String y", "Invoke-WebRequest http://x -OutFile y"],
});

export const windowsCommand = program({
  names:
    "tasklist|taskkill|ipconfig|sc|sc.exe|net|net.exe|iisreset|wmic|reg|regedit|robocopy|xcopy|erase|rd|copy|move|cls|ver|systeminfo|schtasks|netsh|bcdedit|diskpart|chkdsk|sfc|dism|gpupdate|gpresult|wevtutil|icacls|takeown|cipher|vssadmin|format|attrib|findstr|nbtstat|getmac|quser|qwinsta|logoff|msiexec|rundll32|regsvr32|certutil.exe|cscript|wscript|mshta|fsutil|wbadmin|appcmd|appcmd.exe|w32tm|dcdiag|repadmin|setx|iisapp|bitsadmin|pnputil|typeperf|logman",
  source: "learn.microsoft.com/windows-server/administration/windows-commands",
  ...inert,
  risk: (inv) => {
    if (
      /^(taskkill|iisreset|erase|rd|bcdedit|diskpart|format|takeown|vssadmin|logoff|msiexec|rundll32|regsvr32|mshta|cscript|wscript|bitsadmin|wbadmin|cipher|regedit|icacls)$/.test(
        inv.program,
      )
    )
      return "dangerous";
    return inv.operands.some((arg) =>
      /^(stop|delete|remove|clear|cl|del|reset|kill|shutdown|\/delete|\/end|\/mir|\/purge|\/s|\/q|\/f|\/x|\/r|\/move|restart|disable|set|add|import|-delete|call)$/i.test(
        arg.text,
      ),
    )
      ? "dangerous"
      : "unknown";
  },
  why: "this is a command of Windows",
  safer: posix,
  inspect: inspectWords,
  targets,
  examples: {
    "tasklist /v": "unknown",
    "ipconfig /all": "unknown",
    "net stop w3svc": "dangerous",
    "sc query w3svc": "unknown",
    iisreset: "dangerous",
    "rd /s /q C:/data": "dangerous",
    "taskkill /IM x.exe": "dangerous",
    "robocopy a b /MIR": "dangerous",
  },
  nearMisses: ["net user", "reg query HKLM", "schtasks /query", "findstr x y"],
});

export const windowsPath = program({
  names: "C:",
  source: "learn.microsoft.com/windows/win32/fileio/naming-a-file",
  ...inert,
  risk: "unknown",
  why: "this is a path of Windows",
  safer: posix,
  inspect: inspectWords,
  targets,
  examples: { "C: dir": "unknown", "D:/tools/x.exe": "unknown" },
  nearMisses: ["C:/x.bat /q", "c:"],
});

/** The rule for a name of PowerShell or of a Windows drive; undefined for any other. */
export function foreignProgram(name: string): ProgramRule | undefined {
  if (/^[A-Z][a-zA-Z]{1,15}-[A-Z][A-Za-z]{1,60}$/.test(name)) return powershellCmdlet;
  return /^[A-Za-z]:/.test(name) ? windowsPath : undefined;
}
