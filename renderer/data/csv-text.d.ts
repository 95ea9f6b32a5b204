declare module '*.csv?raw' {
  const text: string;
  // oxlint-disable-next-line import/no-default-export -- Vite gives raw text as the default export.
  export default text;
}
