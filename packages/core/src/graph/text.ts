/** Control and format characters: they cannot be seen, and could disguise a name. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}]/gu;

/** A title as it is kept: composed characters (NFC), none that cannot be seen. */
export const cleanText = (text: string): string => text.normalize("NFC").replace(UNPRINTABLE, "");
