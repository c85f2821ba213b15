// The theme of this browser.
import { useState } from "react";
import { chooseTheme, readTheme, type ThemeChoice } from "../../theme/theme.ts";
import { type Choice, ChoiceGroup } from "../../ui/choice-group.tsx";

const THEMES: readonly Choice<ThemeChoice>[] = [
  { value: "system", name: "As the system", meaning: "Follows light or dark of this device." },
  { value: "dark", name: "Dark", meaning: "Easier on the eyes at night." },
  { value: "light", name: "Light", meaning: "Easier to read in daylight." },
];

export const ThemeChoiceForm = () => {
  const [theme, setTheme] = useState(readTheme);
  const choose = (choice: ThemeChoice): void => {
    chooseTheme(choice);
    setTheme(choice);
  };
  return (
    <section className="space-y-4">
      <h2 className="text-title">Appearance</h2>
      <ChoiceGroup legend="Theme in this browser" choices={THEMES} value={theme} onChange={choose} />
    </section>
  );
};
