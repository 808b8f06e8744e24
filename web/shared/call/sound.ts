/** How loud the microphone hears, 0…1, told some times a second; returns what ends it. */
export function listenTo(stream: MediaStream, onLevel: (level: number) => void): () => void {
  if (stream.getAudioTracks().length === 0 || !('AudioContext' in window)) return () => undefined;
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    onLevel(levelOf(samples));
  }, 150);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}

/** The mean loudness of samples between -1 and 1, stretched so that a voice at arm's length fills the scale. */
export function levelOf(samples: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < samples.length; index += 1) sum += (samples[index] ?? 0) ** 2;
  return samples.length === 0 ? 0 : Math.min(1, Math.sqrt(sum / samples.length) * 4);
}

/** Three soft tones, so that a person hears whether the loudspeaker is on. Must be called from a tap. */
export async function playTones(): Promise<boolean> {
  if (!('AudioContext' in window)) return false;
  const context = new AudioContext();
  // Without a tap the browser may leave it silent.
  if (context.state === 'suspended') await context.resume().catch(() => undefined);
  if (context.state !== 'running') return false;
  for (const [index, pitch] of [523, 659, 784].entries()) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    const from = context.currentTime + index * 0.3;
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(0.2, from + 0.05);
    volume.gain.linearRampToValueAtTime(0, from + 0.28);
    tone.frequency.value = pitch;
    tone.connect(volume).connect(context.destination);
    tone.start(from);
    tone.stop(from + 0.3);
  }
  setTimeout(() => void context.close(), 1500);
  return true;
}
