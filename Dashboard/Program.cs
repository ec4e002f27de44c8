using Manufactura.Dashboard.Hosting;
using Manufactura.Dashboard.Pages;
using Radzen;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseStaticWebAssets();
builder.Services.AddRazorComponents().AddInteractiveServerComponents();
builder.Services.AddRadzenComponents();
var app = builder.Build();
app.UseAntiforgery();
app.MapStaticAssets();
app.MapBlazorScript();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
app.Run();
