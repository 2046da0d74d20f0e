// One spelling for all that differ only in case and in marks over and under letters: "Élan" and "elan", "Київ" and "Киів".
export const fold = (words) => words.toLowerCase().normalize("NFKD").replace(/\p{M}+/gu, "").replace(/[ʼ’']/g, "'");
