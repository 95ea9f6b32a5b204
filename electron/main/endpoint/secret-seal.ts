/** Seals a secret with a key the system keeps for this person; null where the system has no such key. */
export interface SecretSeal {
  readonly seal: (secret: string) => string | null;
  /** Throws when the system no longer has the key it was sealed with. */
  readonly open: (sealed: string) => string;
}

/** What is used of Electron's `safeStorage`, there in every version supported. */
export interface SafeStorage {
  readonly isEncryptionAvailable: () => boolean;
  readonly encryptString: (text: string) => Buffer;
  readonly decryptString: (sealed: Buffer) => string;
  /** Linux only. */
  readonly getSelectedStorageBackend?: () => string;
}

/**
 * On Linux without a keyring Chromium has only a fixed password that everybody knows (`basic_text`): that is no
 * encryption and is not taken for one.
 */
export function createSecretSeal(storage: SafeStorage): SecretSeal {
  return {
    seal: (secret) => {
      if (!storage.isEncryptionAvailable() || isBasicText(storage)) return null;
      return storage.encryptString(secret).toString('base64');
    },
    open: (sealed) => storage.decryptString(Buffer.from(sealed, 'base64')),
  };
}

function isBasicText(storage: SafeStorage): boolean {
  return process.platform === 'linux' && storage.getSelectedStorageBackend?.() === 'basic_text';
}
