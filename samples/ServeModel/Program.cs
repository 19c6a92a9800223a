using Microsoft.AspNetCore.Builder;
using ModularNetworks.Serving;

// Serves a run under an address of one's own program: ServeModel RUN URL
var builder = WebApplication.CreateSlimBuilder();
builder.Services.AddModularNetworks(options => options.Add("model", args[0]));

var web = builder.Build();
web.MapModularNetworks("/ai");
web.Run(args[1]);
