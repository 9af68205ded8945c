import lightgbm from '../../../../resources/engines/lightgbm.json' with { type: 'json' };
import tensorflow from '../../../../resources/engines/tensorflow.json' with { type: 'json' };

/** One wheel, pinned by content. No address: pip finds it on whatever index the user has configured. */
export interface WheelPin {
  readonly package: string;
  readonly version: string;
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  /** pip's `--platform`, `--python-version` and `--abi`; they pick the wheel, not the Python that runs pip. */
  readonly platform: string;
  readonly python: string;
  readonly abi: string;
}

export interface PlatformPin {
  /** Run on such a machine, not only read from what the wheel holds. */
  readonly verified: boolean;
  readonly wheel: WheelPin;
  /** Path in the wheel to path in the engine's folder; nothing else is unpacked. */
  readonly files: Readonly<Record<string, string>>;
  /** Libraries that the tfjs binding is linked with; absent where no binding is built. */
  readonly link?: readonly string[];
  /** What the machine must have besides, in words. */
  readonly needs?: string;
}

export interface EnginePin {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly license: string;
  readonly platforms: Readonly<Record<string, PlatformPin>>;
}

export const enginePins: Readonly<Record<'tensorflow' | 'lightgbm', EnginePin>> = { tensorflow, lightgbm };

/** `linux-x64`, `darwin-arm64`, `win32-x64`: the keys of `platforms`. */
export const thisPlatform = `${process.platform}-${process.arch}`;
