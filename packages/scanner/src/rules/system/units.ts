// Names of units of systemd -> what happens to the machine when they are started or stopped. Used by the rules of every service manager.
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import type { Finding } from "../../rule.ts";

/** Without them nobody gets in, nothing resolves or is logged, or the machine is open to the network. */
const lifelines =
  /^(sshd?|dropbear|network|networking|NetworkManager|systemd-networkd|systemd-resolved|systemd-logind|systemd-journald|systemd-udevd|dbus|dbus-broker|wpa_supplicant|netplan|auditd|rsyslog|firewalld|iptables|ip6tables|nftables|ufw|apparmor|selinux|fail2ban|tailscaled|wg-quick@.*|openvpn.*|amazon-ssm-agent|google-guest-agent|waagent|falco|auditbeat|crowdstrike|falcon-sensor|init|local-fs|multi-user|basic|sysinit|graphical)(\.(service|socket|target))?$/;

/** Starting one of these stops the machine or takes it down to a console. */
const machineStates =
  /^(reboot|poweroff|halt|shutdown|kexec|soft-reboot|exit|ctrl-alt-del|rescue|emergency|suspend|hibernate|hybrid-sleep|sleep|runlevel[016]|umount|final)\.target$|^(systemd-(reboot|poweroff|halt|kexec|suspend|hibernate)|debug-shell|rescue|emergency)(\.service)?$/;

const isPattern = (arg: Arg): boolean => /[*?[]/.test(arg.text) || arg.shape === "glob";

const manyUnits = 3;

/** What is special about stopping these units. */
export function stopFinding(inv: Invocation): Finding | undefined {
  const wide = inv.operands.find(isPattern);
  if (wide !== undefined || inv.has("--all"))
    return { risk: "dangerous", why: "stops every unit that matches", span: wide?.span ?? inv.span };
  const lifeline = inv.operands.find((arg) => lifelines.test(arg.text));
  if (lifeline !== undefined)
    return { risk: "dangerous", why: `without ${lifeline.text} the machine cannot be reached, logged or protected`, span: lifeline.span };
  return inv.operands.length > manyUnits ? { risk: "dangerous", why: "stops many units at once" } : undefined;
}

/** What is special about starting these units. */
export function startFinding(inv: Invocation): Finding | undefined {
  const state = inv.operands.find((arg) => machineStates.test(arg.text));
  if (state !== undefined) return { risk: "dangerous", why: `${state.text} stops the machine or opens it`, span: state.span };
  const wide = inv.operands.find(isPattern);
  return wide === undefined ? undefined : { risk: "dangerous", why: "acts on every unit that matches", span: wide.span };
}
