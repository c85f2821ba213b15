// A path -> whether the system itself depends on it: devices, programs, libraries and the files that say who may log in.
// Used by the rules that copy files or change who may use them, to tell dangerous from caution.

const systemPath =
  /^\/(\*?$|(dev|boot|proc|sys|bin|sbin|lib(32|64)?|usr|root)(\/|$)|(etc|var|home)\/?(\*?)$|etc\/(passwd|shadow|group|gshadow|sudoers|fstab|ssh|pam\.d|ld\.so|crontab|cron\.))/;

/** Nothing is left of what goes there, or of what a file of that name held. */
export function isSink(text: string): boolean {
  return /^\/dev\/(null|zero|full)$/.test(text);
}

export function isSystemPath(text: string): boolean {
  return !isSink(text) && systemPath.test(text);
}
