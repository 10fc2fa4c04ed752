/** Style sheets that a bundler takes in for their effect. */
declare module "*.css";
