// Does a text hold every word that somebody typed into a search box?

export const matchesWords = (text: string, typed: string): boolean => {
  const haystack = text.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word));
};
