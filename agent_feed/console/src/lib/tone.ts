/** A short tone, made here: two soft notes, up for good news and down for what needs a person. */

const SECONDS = 0.16;
const LOUDNESS = 0.08;

let audio: AudioContext | null = null;

export async function playTone(news: 'good' | 'bad'): Promise<void> {
  try {
    audio ??= new AudioContext();
    // A browser lets no page sound before it was touched.
    if (audio.state === 'suspended') await audio.resume();
    const notes = news === 'good' ? [660, 880] : [520, 390];
    notes.forEach((pitch, index) => {
      if (audio !== null) sound(audio, pitch, audio.currentTime + index * SECONDS);
    });
  } catch {
    // No loudspeaker, no sound; the notice and the title tell as well.
  }
}

function sound(context: AudioContext, pitch: number, at: number): void {
  const source = context.createOscillator();
  const volume = context.createGain();
  source.type = 'sine';
  source.frequency.value = pitch;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + SECONDS);
  source.connect(volume).connect(context.destination);
  source.start(at);
  source.stop(at + SECONDS);
}
