interface TrustedTypesFactory {
  readonly createPolicy: (
    name: string,
    rules: { readonly createScriptURL: (address: string) => string | null },
  ) => unknown;
}

/**
 * The one Trusted Types policy: a worker may be started from our own origin. Nothing may make HTML or scripts out of
 * text, so `innerHTML` and `eval` stay refused everywhere. Imported before anything else.
 */
const factory = (window as { readonly trustedTypes?: TrustedTypesFactory }).trustedTypes;
factory?.createPolicy('default', {
  createScriptURL: (address) => (new URL(address, location.href).origin === location.origin ? address : null),
});
