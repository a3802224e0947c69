// Claims Go files, as the Go extension does, and says when it is asked to debug one.
const { debug, window } = require("vscode");

exports.activate = () => {
  debug.registerDebugConfigurationProvider("go", {
    resolveDebugConfiguration() {
      void window.showInformationMessage("The stub debugs Go natively.");
      return undefined;
    },
  });
};
