/** Command of what a new space is filled with. No person wrote it: nobody is told when an endpoint refuses it. */
export const defaultsCommand = 'space.defaults';
