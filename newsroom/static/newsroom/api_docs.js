// Shows the schema of the API, and sends it to nobody: by itself the library asks a validator elsewhere.
SwaggerUIBundle({
  url: document.querySelector("#api").dataset.schema,
  dom_id: "#api",
  deepLinking: true,
  validatorUrl: null,
});
