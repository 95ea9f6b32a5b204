/** Every global sheet, in layer order. Components bring their own CSS modules in the `components` layer. */
import './layers.css';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './reset.css';
import './colors.css';
import './tokens.css';
import './base.css';
