// Which theme is shown: dark, light, or what the system prefers. Kept in this browser only.

export type ThemeChoice = "system" | "dark" | "light";

const STORAGE_KEY = "dd0c-theme";

/** Anything unreadable counts as "system". */
export const parseThemeChoice = (stored: string | null): ThemeChoice => (stored === "dark" || stored === "light" ? stored : "system");

const readStored = (): string | null => {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null; // Storage may be forbidden; the theme is then the system's.
  }
};

export const readTheme = (): ThemeChoice => parseThemeChoice(readStored());

const show = (choice: ThemeChoice): void => {
  if (choice === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = choice;
};

export const applyStoredTheme = (): void => show(readTheme());

export const chooseTheme = (choice: ThemeChoice): void => {
  show(choice);
  try {
    localStorage.setItem(STORAGE_KEY, choice);
  } catch {
    // Not kept for the next visit; shown all the same.
  }
};
