// The bundler takes imported style sheets out of the script; there is nothing in them to check.
declare module "*.css";
