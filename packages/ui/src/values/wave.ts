/** Lowest and highest sample of one column of a drawn waveform. */
export interface WaveColumn {
  readonly low: number;
  readonly high: number;
}

/** A recording's envelope in so many columns, so that no peak is lost however few are drawn. */
export function envelope(samples: readonly number[], columns: number): readonly WaveColumn[] {
  const count = Math.min(columns, samples.length);
  return Array.from({ length: count }, (_, column) => {
    const part = samples.slice(
      Math.floor((column * samples.length) / count),
      Math.floor(((column + 1) * samples.length) / count),
    );
    return { low: Math.min(...part), high: Math.max(...part) };
  });
}

/** The largest distance from 0; 0 for silence and for nothing. */
export const peakOf = (samples: readonly number[]): number =>
  samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);

/** "1.00 s at 8,000 Hz, peak 0.42": a recording in words. */
export function signalWords(samples: readonly number[], sampleRateHz: number): string {
  const seconds = samples.length / sampleRateHz;
  return `${seconds.toPrecision(3)} s at ${sampleRateHz.toLocaleString("en")} Hz, peak ${peakOf(samples).toFixed(2)}`;
}

const HEADER_BYTES = 44;
const FULL_SCALE = 32_767;

/**
 * A WAV file of 16-bit samples, for an audio control. Samples lie in [-1, 1]; what lies outside is clipped.
 *
 * @see Multimedia Programming Interface and Data Specifications 1.0, "Waveform Audio File Format"
 */
export function wavOf(samples: readonly number[], sampleRateHz: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_BYTES + samples.length * 2);
  const view = new DataView(bytes.buffer);
  const rate = Math.round(sampleRateHz);
  const word = (at: number, letters: string): void => {
    for (const [k, letter] of [...letters].entries()) view.setUint8(at + k, letter.charCodeAt(0));
  };
  word(0, "RIFF");
  view.setUint32(4, bytes.length - 8, true);
  word(8, "WAVE");
  word(12, "fmt ");
  view.setUint32(16, 16, true); // length of this chunk
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, 1, true); // one channel
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true); // bytes a second
  view.setUint16(32, 2, true); // bytes a sample
  view.setUint16(34, 16, true); // bits a sample
  word(36, "data");
  view.setUint32(40, samples.length * 2, true);
  for (const [k, sample] of samples.entries()) {
    const clipped = Math.max(-1, Math.min(1, sample));
    view.setInt16(HEADER_BYTES + k * 2, Math.round(clipped * FULL_SCALE), true);
  }
  return bytes;
}
